/* latchkey check. */
#include "config.h"

#include "tests/unit/cli/records.h"

static char name[] = "check", opt_conf[] = "--conf", opt_json[] = "--json", strict[] = "--strict";

static void
look(char *more)
{
	char *argv[] = { name, opt_conf, conf, more, NULL };

	captured_run(&c, check_main, "", argv);
}

static void
valid_settings_are_valid(void **state)
{
	(void)state;
	look(NULL);
	assert_int_equal(c.status, CLI_OK);
	assert_non_null(strstr(c.out, "the configuration is valid\n"));
}

static void
every_mistake_has_a_line(void **state)
{
	char want[1024];

	(void)state;
	scratch_write(&c.dir, conf, "conf",
	    "[provider]\nisuer = x\nclient_id = y\n[login]\nflow = x\n", 0644);
	look(NULL);
	assert_int_equal(c.status, CLI_REFUSED);
	(void)snprintf(want, sizeof(want),
	    "error: %s:2: unknown key isuer in [provider]; did you mean issuer?\n", conf);
	assert_non_null(strstr(c.out, want));
	(void)snprintf(want, sizeof(want), "error: %s:5: flow: found \"x\"", conf);
	assert_non_null(strstr(c.out, want));
	assert_non_null(strstr(c.out, "issuer is missing in [provider]"));
	assert_non_null(strstr(c.out, "\n4 mistakes\n"));
	assert_null(strstr(c.out, "valid"));
}

static void
json_has_a_member_for_each_part(void **state)
{
	(void)state;
	scratch_write(&c.dir, conf, "conf", "[provider]\nisuer = x\n", 0644);
	look(opt_json);
	assert_int_equal(c.status, CLI_REFUSED);
	assert_non_null(
	    strstr(c.out, "\"level\": \"error\",\n  \"reason\": \"cfg.key\",\n  \"line\": 2,"));
	assert_non_null(
	    strstr(c.out, "\"text\": \"unknown key isuer in [provider]; did you mean issuer?\""));
}

/* [account root] is legal and unwise. */
static void
warnings_are_no_mistakes_unless_one_says_so(void **state)
{
	(void)state;
	scratch_write(&c.dir, conf, "conf",
	    "[provider]\nissuer = https://a.example\nclient_id = x\n[login]\nallow_groups = g\n"
	    "ignore_users = bob\n[account root]\nusers = alice\n",
	    0644);
	look(NULL);
	assert_int_equal(c.status, CLI_OK);
	assert_non_null(strstr(c.out, "warning: "));
	assert_non_null(strstr(c.out, "conf:7: [account root]"));
	look(strict);
	assert_int_equal(c.status, CLI_REFUSED);
	look(opt_json);
	assert_int_equal(c.status, CLI_OK);
	assert_non_null(strstr(c.out, "\"level\": \"warning\",\n  \"line\": 7,"));
}

static void
a_wrong_command_line_is_told(void **state)
{
	char bad[] = "--jsno";

	(void)state;
	look(bad);
	captured_says(&c, CLI_USAGE, "latchkey check: --jsno is no option");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(valid_settings_are_valid),
		T(every_mistake_has_a_line),
		T(json_has_a_member_for_each_part),
		T(warnings_are_no_mistakes_unless_one_says_so),
		T(a_wrong_command_line_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
