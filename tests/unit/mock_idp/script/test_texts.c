/* The built-in scenarios as they were written. */
#include "config.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_an_array_of_scenarios),
		cmocka_unit_test(each_scenario_has_a_script_that_can_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
