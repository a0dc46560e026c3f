/* One placeholder. */
#include "config.h"

#include "tests/unit/mock_idp/script/holes.h"
#include "tests/unit/mock_idp/script/quoted.h"

/* What it stands for, in a buffer of the test's. */
static const char *
filled(const char *s, char out[128])
{
	json_t *known = quoted("{'sub':'a-person','nonce':'n'}");
	const struct hole_world w = holes_world(known);
	struct buf *b = buf_new(100);
	struct hole h;

	assert_true(hole_parse(&h, s, strlen(s)));
	assert_int_equal(h.used, strlen(s));
	assert_true(hole_fill(&h, &w, b));
	(void)snprintf(out, 128, "%s", buf_cstr(b));
	buf_free(b);
	json_decref(known);
	return out;
}

static void
each_stands_for_something(void **state)
{
	char out[128];

	(void)state;
	assert_string_equal(filled("${issuer}", out), "https://127.0.0.1:4711/auth");
	assert_string_equal(filled("${host}", out), "127.0.0.1:4711");
	assert_string_equal(filled("${port}", out), "4711");
	assert_string_equal(filled("${sub!case}", out), "A-PERSON");
	assert_string_equal(filled("${sub!cut}", out), "a-perso");
	assert_string_equal(filled("${state!cut}", out), "");
	assert_string_equal(filled("${origin2}", out), "https://127.0.0.1:4712");
	assert_string_equal(filled("${evil_http}", out), "http://127.0.0.1:1");
	assert_string_equal(filled("${evil_https}", out), "https://127.0.0.1:2");
	assert_string_equal(filled("${now}", out), "1800000000");
	assert_string_equal(filled("${now+60}", out), "1800000060");
	assert_string_equal(filled("${now-60}", out), "1799999940");
	assert_string_equal(filled("${repeat:3:ab}", out), "ababab");
	assert_string_equal(filled("${repeat:0:ab}", out), "");
	assert_string_equal(filled("${sub}", out), "a-person");
	assert_int_equal(strlen(filled("${uuid}", out)), 36);
}

static void
what_nobody_knows_yet_is_empty(void **state)
{
	static const char *const facts[] = { "${client_id}", "${user_code}", "${device_code}",
		"${access_token}", "${state}", "${user}", "${redirect_uri}" };
	char out[128];

	(void)state;
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		assert_string_equal(filled(facts[i], out), "");
}

static void
only_the_first_closing_brace_ends_it(void **state)
{
	struct hole h;

	(void)state;
	assert_true(hole_parse(&h, "${issuer}}${x", 13));
	assert_int_equal(h.used, 9);
}

static void
everything_else_is_none(void **state)
{
	static const char *const wrong[] = { "${}", "${x}", "${sub!}", "${sub!x}", "${issuer!case}",
		"${issuer", "${Issuer}", "${now+}", "${now+-1}", "${now*1}", "${now+1000000000001}",
		"${nowx}", "${repeat:3}", "${repeat::a}", "${repeat:-1:a}", "${repeat:16777217:a}",
		"${repeat:9000000:aa}" };
	char longest[5000];
	struct hole h;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(hole_parse(&h, wrong[i], strlen(wrong[i])));
	assert_false(hole_parse(&h, "${s\0b}", 6));
	memset(longest, 'a', sizeof(longest));
	memcpy(longest, "${repeat:1:", 11);
	longest[sizeof(longest) - 1] = '}';
	assert_false(hole_parse(&h, longest, sizeof(longest)));
}

static void
a_buffer_that_is_full_takes_none(void **state)
{
	const struct hole_world w = holes_world(NULL);
	struct buf *b = buf_new(5);
	struct hole h;

	(void)state;
	assert_true(hole_parse(&h, "${issuer}", 9));
	assert_false(hole_fill(&h, &w, b));
	assert_true(hole_parse(&h, "${repeat:6:a}", 13));
	assert_false(hole_fill(&h, &w, b));
	buf_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_stands_for_something),
		cmocka_unit_test(what_nobody_knows_yet_is_empty),
		cmocka_unit_test(only_the_first_closing_brace_ends_it),
		cmocka_unit_test(everything_else_is_none),
		cmocka_unit_test(a_buffer_that_is_full_takes_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
