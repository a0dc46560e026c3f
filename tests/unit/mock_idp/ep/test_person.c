/* A person's name and groups, in the form that the provider gives them. */
#include "config.h"

#include "mock_idp/ep/person.h"
#include "tests/support/unit.h"

static void
is(json_t *got, const char *want)
{
	assert_string_equal(json_string_value(got), want);
	json_decref(got);
}

static void
names_have_a_form(void **state)
{
	char name[] = "Alice.B", email[] = "a@b.test";
	struct user u = { .name = name, .email = email };

	(void)state;
	is(person_name(&u, NAME_PLAIN), "Alice.B");
	is(person_name(&u, NAME_LOWER), "alice.b");
	is(person_name(&u, NAME_DOMAIN), "Alice.B@example.test");
	is(person_name(&u, NAME_EMAIL), "a@b.test");
	assert_null(person_name(&u, NAME_NONE));
	u.email = NULL;
	assert_null(person_name(&u, NAME_EMAIL));
}

static void
groups_have_a_form(void **state)
{
	struct profile_claims how = { .prefix = "/" };
	struct user u = { .groups = json_pack("[s, s]", "a", "b") };
	json_t *o = json_object(), *list;

	(void)state;
	person_add_groups(o, "groups", &how, &u);
	list = json_object_get(o, "groups");
	assert_string_equal(json_string_value(json_array_get(list, 1)), "/b");
	how.groups = GROUPS_UUIDS;
	person_add_groups(o, "first", &how, &u);
	person_add_groups(o, "second", &how, &u);
	/* the same group, the same UUID; another, another */
	assert_true(json_equal(json_object_get(o, "first"), json_object_get(o, "second")));
	list = json_object_get(o, "first");
	assert_false(json_equal(json_array_get(list, 0), json_array_get(list, 1)));
	how.groups = GROUPS_OBJECTS;
	person_add_groups(o, "groups", &how, &u);
	assert_string_equal(json_string_value(json_object_get(
	                        json_array_get(json_object_get(o, "groups"), 0), "display")),
	    "a");
	json_decref(o);
	json_decref(u.groups);
}

static void
nobody_in_groups_has_a_form_too(void **state)
{
	struct profile_claims how = { .empty = EMPTY_ABSENT };
	struct user u = { .groups = json_null() };
	json_t *o = json_object();

	(void)state;
	person_add_groups(o, "a", &how, &u);
	assert_null(json_object_get(o, "a"));
	how.empty = EMPTY_NULL;
	person_add_groups(o, "a", &how, &u);
	assert_true(json_is_null(json_object_get(o, "a")));
	how.empty = EMPTY_ARRAY;
	person_add_groups(o, "a", &how, &u);
	assert_true(json_is_array(json_object_get(o, "a")));
	json_decref(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_have_a_form),
		cmocka_unit_test(groups_have_a_form),
		cmocka_unit_test(nobody_in_groups_has_a_form_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
