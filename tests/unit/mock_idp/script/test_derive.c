/* What a placeholder's "!" makes of a text. */
#include "config.h"

#include <string.h>

#include "mock_idp/script/derive.h"
#include "tests/support/unit.h"

/* In a buffer of the test's. */
static const char *
derived(const char *how, const char *text, char out[128])
{
	struct buf *b = buf_new(100);

	assert_true(derive_put(how, text, b));
	(void)strcpy(out, buf_cstr(b));
	buf_free(b);
	return out;
}

static void
letters_change_their_case_and_nothing_else_changes(void **state)
{
	char out[128];

	(void)state;
	assert_string_equal(derived("case", "aZ-09_[`{@\xc3\xa4", out), "Az-09_[`{@\xc3\xa4");
	assert_string_equal(derived("case", "", out), "");
}

static void
the_last_character_is_cut(void **state)
{
	char out[128];

	(void)state;
	assert_string_equal(derived("cut", "abc", out), "ab");
	assert_string_equal(derived("cut", "", out), "");
}

/* The access token and at_hash of OpenID Connect Core, appendix A.3. */
static void
hashes_are_whole_or_their_left_half(void **state)
{
	static const char token[] = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
	char out[128], whole[128];

	(void)state;
	assert_string_equal(derived("half256", token, out), "77QmUPtjPfzWtF2AnpK9RQ");
	assert_int_equal(strlen(derived("sha256", token, whole)), 43);
	assert_int_equal(strncmp(out, whole, 21), 0);
	assert_int_equal(strlen(derived("half384", token, out)), 32);
	assert_int_equal(strlen(derived("sha384", token, out)), 64);
	assert_int_equal(strlen(derived("half512", token, out)), 43);
	assert_int_equal(strlen(derived("sha512", token, out)), 86);
}

static void
nothing_else_is_known(void **state)
{
	struct buf *b = buf_new(100);

	(void)state;
	assert_true(derive_is("case"));
	assert_false(derive_is(""));
	assert_false(derive_is("half"));
	assert_false(derive_is("sha1"));
	assert_false(derive_put("sha1", "a", b));
	buf_free(b);
}

static void
a_full_buffer_is_no_success(void **state)
{
	static const char *const ways[] = { "case", "cut", "sha256", "half256" };

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct buf *b = buf_new(2);

		assert_false(derive_put(ways[i], "abcd", b));
		buf_free(b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_change_their_case_and_nothing_else_changes),
		cmocka_unit_test(the_last_character_is_cut),
		cmocka_unit_test(hashes_are_whole_or_their_left_half),
		cmocka_unit_test(nothing_else_is_known),
		cmocka_unit_test(a_full_buffer_is_no_success),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
