/* What becomes of the address that the browser is sent back to. */
#include "config.h"

#include <stdlib.h>

#include "mock_idp/script/location.h"
#include "tests/unit/mock_idp/script/holes.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const struct where doc = { NULL, "f", 0 };
static const char back[] = "http://127.0.0.1:5/cb?code=c%20d&iss=https%3A%2F%2Fa&state=s";

static void
becomes(const char *spec, const char *wanted)
{
	const struct hole_world w = holes_world(NULL);
	json_t *v = quoted(spec);
	char *got;

	assert_int_equal(location_check(v, &doc, NULL), E_OK);
	got = location_change(v, &w, back);
	assert_non_null(got);
	assert_string_equal(got, wanted);
	free(got);
	json_decref(v);
}

static void
parameters_are_dropped_replaced_and_added(void **state)
{
	(void)state;
	becomes("{'drop':['iss','none']}", "http://127.0.0.1:5/cb?code=c%20d&state=s");
	becomes("{'set':{'iss':'${issuer}/','x':'a b'}}",
	    "http://127.0.0.1:5/"
	    "cb?code=c%20d&iss=https%3A%2F%2F127.0.0.1%3A4711%2Fauth%2F&state=s&x=a+b");
	becomes("{'set_raw':{'state':'%zz&more'}}",
	    "http://127.0.0.1:5/cb?code=c%20d&iss=https%3A%2F%2Fa&state=%zz&more");
	becomes("{'append':[['code','e&f'],['code','g']],'append_raw':[['state','']]}",
	    "http://127.0.0.1:5/cb?code=c%20d&iss=https%3A%2F%2Fa&state=s&code=e%26f&code=g&"
	    "state=");
	becomes("{'drop':['code','iss','state']}", "http://127.0.0.1:5/cb");
}

static void
they_may_stand_in_the_fragment(void **state)
{
	(void)state;
	becomes("{'fragment':true,'drop':['iss']}", "http://127.0.0.1:5/cb#code=c%20d&state=s");
	becomes("{'fragment':false,'drop':['iss']}", "http://127.0.0.1:5/cb?code=c%20d&state=s");
}

static void
raw_is_the_whole_address(void **state)
{
	(void)state;
	becomes("{'raw':'${evil_http}/x?code=1'}", "http://127.0.0.1:1/x?code=1");
	becomes("{'raw':''}", "");
}

static void
an_address_without_parameters_gets_some(void **state)
{
	const struct hole_world w = holes_world(NULL);
	json_t *v = quoted("{'set':{'a':'b'}}");
	char *got = location_change(v, &w, "https://a/b");

	(void)state;
	assert_string_equal(got, "https://a/b?a=b");
	free(got);
	json_decref(v);
}

static void
everything_else_is_named(void **state)
{
	static const char *const wrong[][2] = {
		{ "{}", "f: says nothing" },
		{ "{'sett':{}}", "f: sett: unknown member" },
		{ "{'set':{'a':1}}", "f: set.a: must be text" },
		{ "{'set_raw':{'a':null}}", "f: set_raw.a: must be text" },
		{ "{'drop':'a'}", "f: drop: must be an array" },
		{ "{'drop':[1]}", "f: drop[0]: must be text" },
		{ "{'append':['a']}", "f: append[0]: must be an array" },
		{ "{'append':[['a']]}", "f: append[0]: must be a name and a value" },
		{ "{'append_raw':[['a',1]]}", "f: append_raw[0]: must be a name and a value" },
		{ "{'fragment':'yes'}", "f: fragment: must be true or false" },
		{ "{'raw':'x','drop':[]}", "f: raw is the whole address" },
		{ "{'set':{'a':'${x}'}}", "f: set.a: unknown placeholder" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err e = { .code = E_OK };
		json_t *v = quoted(wrong[i][0]);

		assert_int_equal(location_check(v, &doc, &e), E_CFG);
		assert_says(&e, wrong[i][1]);
		json_decref(v);
	}
}

static void
it_does_not_grow_past_its_limits(void **state)
{
	const struct hole_world w = holes_world(NULL);
	json_t *v = quoted("{'set':{'a':'${repeat:1100000:a}'}}");

	(void)state;
	assert_null(location_change(v, &w, back));
	json_decref(v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_are_dropped_replaced_and_added),
		cmocka_unit_test(they_may_stand_in_the_fragment),
		cmocka_unit_test(raw_is_the_whole_address),
		cmocka_unit_test(an_address_without_parameters_gets_some),
		cmocka_unit_test(everything_else_is_named),
		cmocka_unit_test(it_does_not_grow_past_its_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
