/* The built-in scenarios as they were written. */
#include "config.h"

#include <string.h>

#include "mock_idp/script/heads.h"
#include "mock_idp/script/scenario.h"
#include "tests/unit/mock_idp/script/quoted.h"

static void
each_is_an_array_of_scenarios(void **state)
{
	struct err e = { .code = E_OK };
	json_t *all = NULL;

	(void)state;
	if (heads_read(&all, texts_builtin, &e) != E_OK)
		fail_msg("%s", e.text);
	assert_non_null(heads_find(all, "dev.ok"));
	json_decref(all);
}

static void
each_scenario_has_a_script_that_can_be_read(void **state)
{
	json_t *all = NULL;
	int wrong = 0;

	(void)state;
	assert_int_equal(heads_read(&all, texts_builtin, NULL), E_OK);
	for (size_t i = 0; i < json_array_size(all); i++) {
		const char *name = heads_text(json_array_get(all, i), "name");
		struct err e = { .code = E_OK };
		struct script *s = NULL;

		if (scenario_script(&s, texts_builtin, name, &e) != E_OK) {
			print_error("%s\n", e.text);
			wrong++;
		}
		script_free(s);
	}
	json_decref(all);
	assert_int_equal(wrong, 0);
}

/* Those whose one thing shows in two places: a key in the set and under the signature, an hour that
 * begins and one that is over, one subject in two answers, a body that is long in many chunks. */
static bool
shows_twice(const char *name)
{
	static const char *const begin[] = { "dev.exp.", "dev.time.", "disc.two", "idt.ed.",
		"idt.es.", "jwks.dupkid", "jwks.rsa.", "net.body.big-chunked", "pace.",
		"tok.scope.less", "usr.subswap", "usr.two-subs" };

	for (size_t i = 0; i < sizeof(begin) / sizeof(begin[0]); i++)
		if (strncmp(name, begin[i], strlen(begin[i])) == 0)
			return true;
	return false;
}

static bool
holds(const json_t *list, const json_t *rule)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_equal(json_array_get(list, i), rule))
			return true;
	return false;
}

/* What a's rules and options want that b's do not. */
static size_t
changes(const json_t *a, const json_t *b)
{
	const json_t *rules = json_object_get(a, "rules"), *others = json_object_get(b, "rules");
	json_t *options = json_object_get(a, "options"), *value;
	size_t n = 0;
	const char *name;

	for (size_t i = 0; i < json_array_size(rules); i++) {
		const json_t *r = json_array_get(rules, i);

		/* all of its members but match, and perhaps name */
		if (!holds(others, r))
			n += json_object_size(r) - 1 - (json_object_get(r, "name") != NULL);
	}
	json_object_foreach(options, name, value) n +=
	    !json_equal(value, json_object_get(json_object_get(b, "options"), name));
	return n;
}

static void
a_hostile_one_differs_from_its_twin_in_one_thing(void **state)
{
	json_t *all = NULL;
	size_t hostile = 0, wrong = 0;

	(void)state;
	assert_int_equal(heads_read(&all, texts_builtin, NULL), E_OK);
	for (size_t i = 0; i < json_array_size(all); i++) {
		const json_t *head = json_array_get(all, i);
		const char *name = heads_text(head, "name");

		if (*heads_text(head, "reason") == '\0')
			continue;
		hostile++;
		if (changes(head, heads_find(all, heads_text(head, "twin"))) > 1 &&
		    !shows_twice(name)) {
			print_error("%s wants more than one thing\n", name);
			wrong++;
		}
	}
	json_decref(all);
	assert_in_range(hostile, 700, SIZE_MAX);
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_an_array_of_scenarios),
		cmocka_unit_test(each_scenario_has_a_script_that_can_be_read),
		cmocka_unit_test(a_hostile_one_differs_from_its_twin_in_one_thing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
