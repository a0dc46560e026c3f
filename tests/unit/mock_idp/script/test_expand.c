/* Texts with placeholders in them. */
#include "config.h"

#include "mock_idp/script/expand.h"
#include "tests/unit/mock_idp/script/holes.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const struct where doc = { NULL, "f", 0 };

static void
becomes(const char *text, const char *wanted)
{
	json_t *known = quoted("{'sub':'a-person'}"), *v = quoted(text), *got;
	const struct hole_world w = holes_world(known);

	assert_int_equal(expand_check(v, &doc, NULL), E_OK);
	got = expand_json(&w, v);
	assert_non_null(got);
	assert_json(got, wanted);
	json_decref(got);
	json_decref(v);
	json_decref(known);
}

static void
every_text_is_filled_in_however_deep(void **state)
{
	(void)state;
	becomes("'${sub}'", "'a-person'");
	becomes("'<${sub}|${sub}>'", "'<a-person|a-person>'");
	becomes("{'a':[{'b':'${now}s'}],'c':null,'d':1.5,'e':true}",
	    "{'a':[{'b':'1800000000s'}],'c':null,'d':1.5,'e':true}");
	becomes("'no holes, $ { } here: ${nonce}'", "'no holes, $ { } here: '");
	becomes("''", "''");
	becomes("'a\\u0000${sub}'", "'a\\u0000a-person'");
}

static void
a_text_that_is_nothing_but_a_moment_is_a_number(void **state)
{
	(void)state;
	becomes("['${now}','${now-5}','${now} ']", "[1800000000,1799999995,'1800000000 ']");
	becomes("'${sub}${now}'", "'a-person1800000000'");
	becomes("'${now}${now}'", "'18000000001800000000'");
}

static void
names_of_members_are_as_they_are(void **state)
{
	(void)state;
	becomes("{'${sub}':1}", "{'${sub}':1}");
}

static void
one_that_there_is_not_is_named_with_its_place(void **state)
{
	json_t *v = quoted("{'a':[1,{'b':'x${isuer}'}]}"), *open = quoted("'${issuer'");
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(expand_check(v, &doc, &e), E_CFG);
	assert_string_equal(e.text, "f: a[1].b: unknown placeholder ${isuer}");
	e.code = E_OK;
	assert_int_equal(expand_check(open, &doc, &e), E_CFG);
	assert_says(&e, "${issuer");
	json_decref(v);
	json_decref(open);
}

static void
a_text_does_not_grow_past_its_limit(void **state)
{
	const struct hole_world w = holes_world(NULL);
	json_t *v = quoted("'${repeat:16000000:a}${repeat:16000000:a}'");

	(void)state;
	assert_int_equal(expand_check(v, &doc, NULL), E_OK);
	assert_null(expand_json(&w, v));
	assert_null(expand_string(&w, v));
	json_decref(v);
}

static void
a_hole_that_nobody_checked_fills_nothing(void **state)
{
	const struct hole_world w = holes_world(NULL);

	json_t *v = json_string("${x}");

	(void)state;
	assert_null(expand_string(&w, v));
	json_decref(v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_text_is_filled_in_however_deep),
		cmocka_unit_test(a_text_that_is_nothing_but_a_moment_is_a_number),
		cmocka_unit_test(names_of_members_are_as_they_are),
		cmocka_unit_test(one_that_there_is_not_is_named_with_its_place),
		cmocka_unit_test(a_text_does_not_grow_past_its_limit),
		cmocka_unit_test(a_hole_that_nobody_checked_fills_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
