/* The arguments of a line in pam.d. */
#include "config.h"

#include "pam_module/args.h"
#include "tests/support/unit.h"

static void
without_arguments_the_installed_helper_is_used(void **state)
{
	struct args a;

	(void)state;
	args_parse(&a, 0, NULL);
	assert_string_equal(a.helper, PKGLIBEXECDIR "/latchkey-helper");
	assert_null(a.conf);
	assert_false(a.debug);
	assert_null(a.bad);
}

static void
all_three_are_taken(void **state)
{
	const char *argv[] = { "debug", "helper=/opt/h", "conf=/opt/c" };
	struct args a;

	(void)state;
	args_parse(&a, 3, argv);
	assert_string_equal(a.helper, "/opt/h");
	assert_string_equal(a.conf, "/opt/c");
	assert_true(a.debug);
	assert_null(a.bad);
}

static void
what_is_not_ours_is_named(void **state)
{
	static const char *const bad[] = { "helper=relative", "helper=", "helper", "conf=c",
		"debug=1", "Debug", "use_first_pass", "" };
	struct args a;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *argv[] = { "conf=/opt/c", bad[i], "another" };

		args_parse(&a, 3, argv);
		assert_ptr_equal(a.bad, bad[i]);
		assert_string_equal(a.helper, PKGLIBEXECDIR "/latchkey-helper");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_arguments_the_installed_helper_is_used),
		cmocka_unit_test(all_three_are_taken),
		cmocka_unit_test(what_is_not_ours_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
