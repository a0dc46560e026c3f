/* `headers` of a reply. */
#include "config.h"

#include "mock_idp/script/headers.h"
#include "tests/unit/mock_idp/script/holes.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const struct where doc = { NULL, "f", 0 };

static enum errcode
change(struct pairs *p, const char *spec, json_t *known, struct err *e)
{
	const struct hole_world w = holes_world(known);
	json_t *v = quoted(spec);
	enum errcode r;

	assert_int_equal(headers_check(v, &doc, NULL), E_OK);
	r = headers_change(v, &w, p, e);
	json_decref(v);
	return r;
}

static void
fields_are_set_repeated_and_taken_away(void **state)
{
	struct pairs p = { .n = 0 };

	(void)state;
	assert_int_equal(pairs_add(&p, "Pragma", "no-cache"), E_OK);
	assert_int_equal(pairs_add(&p, "X-Frame-Options", "DENY"), E_OK);
	assert_int_equal(pairs_add(&p, "Vary", "a"), E_OK);
	assert_int_equal(change(&p,
	                     "{'pragma':null,'VARY':'${host}','Set-Cookie':['a=1','b=2'],"
	                     "'X-Empty':'','X-None':[]}",
	                     NULL, NULL),
	    E_OK);
	assert_null(pairs_get(&p, "Pragma"));
	assert_string_equal(pairs_get(&p, "VARY"), "127.0.0.1:4711");
	assert_null(pairs_get(&p, "Vary"));
	assert_int_equal(pairs_count(&p, "Set-Cookie"), 2);
	assert_string_equal(pairs_get(&p, "X-Frame-Options"), "DENY");
	assert_string_equal(pairs_get(&p, "X-Empty"), "");
	assert_null(pairs_get(&p, "X-None"));
	pairs_clear(&p);
}

static void
a_moment_is_text_here(void **state)
{
	struct pairs p = { .n = 0 };

	(void)state;
	assert_int_equal(change(&p, "{'Retry-After':'${now+5}'}", NULL, NULL), E_OK);
	assert_string_equal(pairs_get(&p, "Retry-After"), "1800000005");
	pairs_clear(&p);
}

static void
what_breaks_the_frame_is_refused(void **state)
{
	static const char *const wrong[][2] = {
		{ "[]", "f: must be an object" },
		{ "{'a b':'x'}", "f: a b: is no name of a header" },
		{ "{'':'x'}", "is no name of a header" },
		{ "{'X:':'x'}", "is no name of a header" },
		{ "{'X':1}", "f: X: must be an array or text or null" },
		{ "{'X':[1]}", "f: X[0]: must be text" },
		{ "{'X':'a\\r\\nb'}", "f: X: a line end" },
		{ "{'X':'a\\nb'}", "f: X: a line end" },
		{ "{'X':['a\\u0000b']}", "f: X[0]: a line end or a NUL" },
		{ "{'content-length':'5'}", "f: content-length: is written with the answer" },
		{ "{'Connection':'close'}", "is written with the answer" },
		{ "{'Date':null}", "is written with the answer" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err e = { .code = E_OK };
		json_t *v = quoted(wrong[i][0]);

		assert_int_equal(headers_check(v, &doc, &e), E_CFG);
		assert_says(&e, wrong[i][1]);
		json_decref(v);
	}
}

static void
a_placeholder_brings_no_line_end(void **state)
{
	json_t *known = quoted("{'state':'a\\r\\nX: y'}");
	struct err e = { .code = E_OK };
	struct pairs p = { .n = 0 };

	(void)state;
	assert_int_equal(change(&p, "{'X':'${state}'}", known, &e), E_FORMAT);
	assert_says(&e, "a line end in X");
	assert_null(pairs_get(&p, "X"));
	pairs_clear(&p);
	json_decref(known);
}

static void
there_is_a_maximum(void **state)
{
	struct pairs p = { .n = 0 };

	(void)state;
	for (size_t i = 0; i < PAIRS_MAX; i++)
		assert_int_equal(pairs_add(&p, "A", "b"), E_OK);
	assert_int_equal(change(&p, "{'X':'y'}", NULL, NULL), E_LIMIT);
	pairs_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_set_repeated_and_taken_away),
		cmocka_unit_test(a_moment_is_text_here),
		cmocka_unit_test(what_breaks_the_frame_is_refused),
		cmocka_unit_test(a_placeholder_brings_no_line_end),
		cmocka_unit_test(there_is_a_maximum),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
