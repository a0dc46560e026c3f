/* JSON that must have a shape. */
#include "config.h"

#include "mock_idp/script/shape.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const struct where doc = { NULL, "f", 0 };

static enum errcode
count(void *arg, json_t *v, const struct where *at, struct err *e)
{
	int *n = arg;

	(*n)++;
	return json_string_length(v) > 0 ? E_OK : where_err(at, e, "is empty");
}

static const struct shape_member table[] = {
	{ "a", SHAPE_TEXT, true, count },
	{ "b", SHAPE_INTEGER | SHAPE_NULL, false, NULL },
	{ NULL, 0, false, NULL },
};

static void
refused(const char *text, const char *why)
{
	struct err e = { .code = E_OK };
	json_t *v = quoted(text);
	int n = 0;

	assert_int_equal(shape_object(v, table, &n, &doc, &e), E_CFG);
	assert_says(&e, why);
	json_decref(v);
}

static void
an_object_of_its_members_passes(void **state)
{
	json_t *v = quoted("{'a':'x','b':null}");
	int n = 0;

	(void)state;
	assert_int_equal(shape_object(v, table, &n, &doc, NULL), E_OK);
	assert_int_equal(n, 1);
	json_decref(v);
}

static void
everything_else_is_named(void **state)
{
	(void)state;
	refused("[]", "f: must be an object, is an array");
	refused("{}", "f: a is missing");
	refused("{'a':1}", "f: a: must be text, is a whole number");
	refused("{'a':'x','b':1.5}", "f: b: must be a whole number or null, is a fraction");
	refused("{'a':'x','b':true}", "is true or false");
	refused("{'a':'x','c':1}", "f: c: unknown member; known: a, b");
	refused("{'a':''}", "f: a: is empty");
}

static void
an_array_has_its_types_and_its_length(void **state)
{
	json_t *good = quoted("['a','b']"), *bad = quoted("['a',1]"), *empty = quoted("['']");
	struct err e = { .code = E_OK };
	int n = 0;

	(void)state;
	assert_int_equal(shape_array(good, SHAPE_TEXT, 2, count, &n, &doc, NULL), E_OK);
	assert_int_equal(n, 2);
	assert_int_equal(shape_array(good, SHAPE_TEXT, 2, NULL, NULL, &doc, NULL), E_OK);
	assert_int_equal(shape_array(good, SHAPE_TEXT, 1, count, &n, &doc, &e), E_CFG);
	assert_says(&e, "f: has more than 1 elements");
	e.code = E_OK;
	assert_int_equal(shape_array(bad, SHAPE_TEXT, 2, count, &n, &doc, &e), E_CFG);
	assert_says(&e, "f: [1]: must be text, is a whole number");
	e.code = E_OK;
	assert_int_equal(shape_array(empty, SHAPE_TEXT, 2, count, &n, &doc, &e), E_CFG);
	assert_says(&e, "f: [0]: is empty");
	assert_int_equal(shape_type(good, SHAPE_OBJECT, &doc, NULL), E_CFG);
	json_decref(good);
	json_decref(bad);
	json_decref(empty);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_of_its_members_passes),
		cmocka_unit_test(everything_else_is_named),
		cmocka_unit_test(an_array_has_its_types_and_its_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
