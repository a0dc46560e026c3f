/* Where the configuration and the records are. */
#include "config.h"

#include "cli/place.h"
#include "tests/unit/cli/records.h"

static void
what_was_not_given_is_the_installations(void **state)
{
	struct place p = { NULL, NULL }, given = { conf, pins };

	(void)state;
	place_fill(&p);
	place_fill(&given);
	assert_string_equal(p.conf, SYSCONFDIR "/latchkey/latchkey.conf");
	assert_string_equal(p.pins, LOCALSTATEDIR "/lib/latchkey/pins");
	assert_ptr_equal(given.conf, conf);
	assert_ptr_equal(given.pins, pins);
}

static void
settings_are_the_callers_file_and_their_errors_its_lines(void **state)
{
	const struct place p = { conf, pins };
	struct settings *s = NULL;
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(place_settings(&s, &p, NULL), E_OK);
	assert_string_equal(s->account[0].name, "deploy");
	settings_free(s);
	s = NULL;
	(void)scratch_write(&c.dir, conf, "conf", "[login]\nx = 1\n", 0644);
	assert_int_equal(place_settings(&s, &p, &e), E_CFG);
	assert_null(s);
	assert_non_null(strstr(e.text, "conf:2: "));
}

static int
complain(int argc, char *argv[])
{
	struct err e = { .code = E_OK };

	(void)argc;
	(void)err_set(&e, E_SYS, NULL, "%s", "a sentence");
	return place_complain(argv[0], 1, &e);
}

static void
a_complaint_names_the_command(void **state)
{
	static char name[] = "pin";
	char *argv[] = { name, NULL };

	(void)state;
	captured_run(&c, complain, "", argv);
	captured_says(&c, 1, "latchkey pin: a sentence\n");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(what_was_not_given_is_the_installations),
		T(settings_are_the_callers_file_and_their_errors_its_lines),
		T(a_complaint_names_the_command),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
