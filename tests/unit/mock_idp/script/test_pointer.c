/* A place in a JSON document. */
#include "config.h"

#include "mock_idp/script/pointer.h"
#include "tests/unit/mock_idp/script/quoted.h"

static void
set(const char *doc, const char *place, const char *wanted)
{
	json_t *v = quoted(doc);

	assert_true(pointer_set(v, place, json_integer(7)));
	assert_json(v, wanted);
	json_decref(v);
}

static void
not_set(const char *doc, const char *place)
{
	json_t *v = quoted(doc);

	assert_false(pointer_set(v, place, json_integer(7)));
	json_decref(v);
}

static void
dropped(const char *doc, const char *place, const char *wanted)
{
	json_t *v = quoted(doc);

	pointer_drop(v, place);
	assert_json(v, wanted);
	json_decref(v);
}

static void
a_name_is_a_member(void **state)
{
	(void)state;
	set("{}", "a", "{'a':7}");
	set("{'a':1}", "a", "{'a':7}");
	set("{}", "a/b~0", "{'a/b~0':7}");
	dropped("{'a':1,'b':2}", "a", "{'b':2}");
}

static void
a_pointer_leads_on(void **state)
{
	(void)state;
	set("{'a':{'b':[1,2]}}", "/a/b/1", "{'a':{'b':[1,7]}}");
	set("{'a':[1]}", "/a/-", "{'a':[1,7]}");
	set("{'a':[1]}", "/a/-/x", "{'a':[1,{'x':7}]}");
	set("{}", "/a/b", "{'a':{'b':7}}");
	set("{}", "/a~1b~0c", "{'a/b~c':7}");
	set("{}", "/", "{'':7}");
	dropped("{'a':{'b':[1,2]}}", "/a/b/0", "{'a':{'b':[2]}}");
	dropped("{'a':{'b':1}}", "/a/b", "{'a':{}}");
}

static void
what_is_not_there_cannot_be_dropped(void **state)
{
	(void)state;
	dropped("{'a':1}", "b", "{'a':1}");
	dropped("{'a':1}", "/a/b/c", "{'a':1}");
	dropped("{'a':[1]}", "/a/1", "{'a':[1]}");
	dropped("{'a':[1]}", "/a/x", "{'a':[1]}");
	dropped("{'a':1}", "/a~", "{'a':1}");
	dropped("1", "a", "1");
}

static void
there_are_places_that_lead_nowhere(void **state)
{
	(void)state;
	not_set("1", "a");
	not_set("{'a':1}", "/a/b");
	not_set("{'a':[1]}", "/a/2");
	not_set("{'a':[1]}", "/a/x");
	not_set("{'a':[1]}", "/a/5/b");
	not_set("{}", "/a~2");
	not_set("{}", "/a~");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_a_member),
		cmocka_unit_test(a_pointer_leads_on),
		cmocka_unit_test(what_is_not_there_cannot_be_dropped),
		cmocka_unit_test(there_are_places_that_lead_nowhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
