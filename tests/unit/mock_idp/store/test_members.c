/* The members of an object in a file. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/store/members.h"
#include "tests/support/unit.h"

static json_t *
object(const char *text)
{
	json_t *o = json_loads(text, 0, NULL);

	assert_non_null(o);
	return o;
}

static void
unknown_ones_are_named(void **state)
{
	static const char *const known[] = { "a", "b", NULL };
	struct err e = { .code = E_OK };
	json_t *good = object("{\"a\":1}"), *bad = object("{\"a\":1,\"c\\u0007\":2}");

	(void)state;
	assert_int_equal(members_only(good, known, "a thing", NULL), E_OK);
	assert_int_equal(members_only(bad, known, "a thing", &e), E_CFG);
	assert_string_equal(e.text, "unknown member c\\x07 in a thing");
	json_decref(good);
	json_decref(bad);
}

static void
a_string_is_copied_and_not_empty(void **state)
{
	struct err e = { .code = E_OK };
	json_t *o = object("{\"a\":\"x\",\"b\":\"\",\"c\":1}");
	char *s = NULL;

	(void)state;
	assert_int_equal(members_string(o, "a", "y", &s, NULL), E_OK);
	assert_string_equal(s, "x");
	free(s);
	assert_int_equal(members_string(o, "d", "y", &s, NULL), E_OK);
	assert_string_equal(s, "y");
	free(s);
	s = NULL;
	assert_int_equal(members_string(o, "d", NULL, &s, NULL), E_OK);
	assert_null(s);
	assert_int_equal(members_string(o, "b", NULL, &s, &e), E_CFG);
	assert_non_null(strstr(e.text, "\"b\""));
	assert_int_equal(members_string(o, "c", NULL, &s, NULL), E_CFG);
	json_decref(o);
}

static void
strings_are_an_array_of_strings(void **state)
{
	static const char *const otherwise[] = { "p", "q", NULL };
	struct err e = { .code = E_OK };
	json_t *o = object("{\"a\":[\"x\"],\"b\":\"x\",\"c\":[\"x\",1],\"d\":[]}");
	struct strlist l = { NULL, 0 };

	(void)state;
	assert_int_equal(members_strings(o, "a", otherwise, &l, NULL), E_OK);
	assert_int_equal(l.n, 1);
	strlist_clear(&l);
	assert_int_equal(members_strings(o, "e", otherwise, &l, NULL), E_OK);
	assert_int_equal(l.n, 2);
	strlist_clear(&l);
	assert_int_equal(members_strings(o, "d", otherwise, &l, NULL), E_OK);
	assert_int_equal(l.n, 0);
	assert_int_equal(members_strings(o, "b", otherwise, &l, &e), E_CFG);
	assert_non_null(strstr(e.text, "\"b\" must be an array of strings"));
	assert_int_equal(members_strings(o, "c", otherwise, &l, NULL), E_CFG);
	assert_int_equal(l.n, 0);
	json_decref(o);
}

static void
a_truth_is_no_number(void **state)
{
	struct err e = { .code = E_OK };
	json_t *o = object("{\"a\":true,\"b\":false,\"c\":1}");
	bool v = false;

	(void)state;
	assert_int_equal(members_bool(o, "a", &v, NULL), E_OK);
	assert_true(v);
	assert_int_equal(members_bool(o, "b", &v, NULL), E_OK);
	assert_false(v);
	v = true;
	assert_int_equal(members_bool(o, "d", &v, NULL), E_OK);
	assert_false(v);
	assert_int_equal(members_bool(o, "c", &v, &e), E_CFG);
	assert_string_equal(e.text, "\"c\" must be true or false");
	json_decref(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown_ones_are_named),
		cmocka_unit_test(a_string_is_copied_and_not_empty),
		cmocka_unit_test(strings_are_an_array_of_strings),
		cmocka_unit_test(a_truth_is_no_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
