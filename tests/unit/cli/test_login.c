/* latchkey login, with a helper that plays a part. */
#include "config.h"

#include <stdbool.h>

#include "tests/unit/cli/captured.h"

static struct captured c;
static char name[] = "login", helper_[] = "--helper", conf_[] = "--conf", service_[] = "--service";
static char flow_[] = "--flow", alice[] = "alice", sudo[] = "sudo";
static char helper[SCRATCH_PATH], script[SCRATCH_PATH], seen[SCRATCH_PATH];

static int
set_up(void **state)
{
	const char *top = getenv("top_builddir");

	(void)state;
	(void)unsetenv("SUDO_USER");
	scratch_make(&c.dir);
	(void)snprintf(
	    helper, sizeof(helper), "%s/tests/support/fakehelper", top == NULL ? "." : top);
	(void)scratch_path(&c.dir, seen, "seen");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	scratch_remove(&c.dir);
	return 0;
}

static void
play(const char *part, const char *typed)
{
	char *argv[] = { name, alice, service_, sudo, helper_, helper, conf_, script, NULL };

	(void)scratch_write(&c.dir, script, "script", part, 0600);
	captured_run(&c, login_main, typed, argv);
}

static void
says(int status, const char *part)
{
	if (c.status != status || strstr(c.out, part) == NULL)
		fail_msg("status %d, \"%s\", \"%s\"; wanted %d, \"%s\"", c.status, c.out, c.err,
		    status, part);
}

/* "   0.123 s  " */
static bool
has_step(const char *what)
{
	const char *at = strstr(c.out, what);

	return at != NULL && at - c.out >= 11 && strncmp(at - 4, " s  ", 4) == 0 && at[-8] == '.';
}

static void
each_step_of_an_allowed_login_is_told_with_its_time(void **state)
{
	(void)state;
	play("text info  Open this\nprompt Press Enter: \nexpect answer\ngrant group=0\nverdict "
	     "allow\n",
	    "\n");
	says(CLI_OK, "Open this\n");
	assert_true(has_step("alice at sudo\n"));
	assert_true(has_step("text\n"));
	assert_true(has_step("prompt\nPress Enter: \n"));
	assert_true(has_step("Enter\n"));
	assert_true(has_step("allowed (PAM_SUCCESS), reason script, login 3f9c01aa\n"));
	says(CLI_OK, "            groups: root\n");
}

static void
each_other_verdict_has_its_pam_code(void **state)
{
	static const char *const row[][2] = {
		{ "verdict ignore\n", "exempt (PAM_IGNORE)" },
		{ "verdict unknown\n", "unknown (PAM_USER_UNKNOWN)" },
		{ "verdict unavailable\n", "unavailable (PAM_AUTHINFO_UNAVAIL)" },
		{ "verdict system\n", "failed (PAM_SYSTEM_ERR)" },
		{ "verdict refused\n", "refused (PAM_AUTH_ERR)" },
		{ "verdict forbidden\n", "forbidden (PAM_PERM_DENIED)" },
		{ "verdict cancelled\n", "cancelled (PAM_CONV_ERR)" },
		{ "verdict too-often\n", "too often (PAM_MAXTRIES)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		play(row[i][0], "");
		says(CLI_REFUSED, row[i][1]);
	}
}

/* The verdict decides, never that the helper ended, or how. */
static void
without_a_verdict_nobody_is_in(void **state)
{
	(void)state;
	play("close\n", "");
	says(CLI_REFUSED, "alice at sudo");
	assert_non_null(strstr(c.err, "latchkey login: no verdict: "));
	play("garbage 63\n", "");
	says(CLI_REFUSED, "alice at sudo");
	play("patience 100\ntext info x\nsleep 500\nverdict allow\n", "");
	says(CLI_REFUSED, "text");
	assert_null(strstr(c.out, "allowed"));
}

static void
the_end_of_the_input_cancels(void **state)
{
	(void)state;
	play("prompt Press Enter: \nexpect cancel\nverdict cancelled\n", "");
	says(CLI_REFUSED, "end of input\n");
	says(CLI_REFUSED, "cancelled (PAM_CONV_ERR)");
}

static void
it_asks_as_a_host_on_this_machine(void **state)
{
	char part[SCRATCH_PATH + 40], text[512];

	(void)state;
	(void)snprintf(part, sizeof(part), "start %s\nverdict refused\n", seen);
	play(part, "");
	says(CLI_REFUSED, "refused");
	(void)captured_text(&c, "seen", text, sizeof(text));
	assert_string_equal(text,
	    "service=sudo\nuser=alice\nruser=\nrhost=\ntty=\nlocale=\naddress=\nflags=0\n"
	    "factor=0\n");
}

static void
usage_is(char *a, char *b, char *d)
{
	char *argv[] = { name, a, b, d, NULL };

	captured_run(&c, login_main, "", argv);
	if (c.status != CLI_USAGE || c.outlen != 0 || c.err[0] == '\0')
		fail_msg("status %d, \"%s\"", c.status, c.err);
}

static void
a_wrong_command_line_starts_nothing(void **state)
{
	char bad[] = "none", bob[] = "bob", option[] = "--x";

	(void)state;
	usage_is(NULL, NULL, NULL); /* whose login, without sudo, is not to be guessed */
	usage_is(alice, flow_, bad);
	usage_is(alice, flow_, NULL);
	usage_is(alice, bob, NULL);
	usage_is(alice, option, NULL);
}

static void
who_called_sudo_is_the_default(void **state)
{
	char *argv[] = { name, helper_, helper, conf_, script, NULL };

	(void)state;
	assert_int_equal(setenv("SUDO_USER", "bob", 1), 0);
	(void)scratch_write(&c.dir, script, "script", "verdict refused\n", 0600);
	captured_run(&c, login_main, "", argv);
	says(CLI_REFUSED, "bob at login\n");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(each_step_of_an_allowed_login_is_told_with_its_time),
		T(each_other_verdict_has_its_pam_code),
		T(without_a_verdict_nobody_is_in),
		T(the_end_of_the_input_cancels),
		T(it_asks_as_a_host_on_this_machine),
		T(a_wrong_command_line_starts_nothing),
		T(who_called_sudo_is_the_default),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
