/* latchkey pin. C-098, H-42 */
#include "config.h"

#include "tests/unit/cli/records.h"

static char opt_conf[] = "--conf", opt_pins[] = "--pins";
static char name[] = "pin", account[] = "daemon", opt_sub[] = "--sub", opt_issuer[] = "--issuer";
static char sub[] = "s-1", issuer[] = "https://other.example";

static void
pin(char *who, char *a, char *b, char *d, char *e, int status, const char *begins)
{
	char *argv[] = { name, who, opt_conf, conf, opt_pins, pins, a, b, d, e, NULL };

	captured_run(&c, pin_main, "", argv);
	captured_says(&c, status, begins);
}

static void
an_approval_is_for_the_next_person(void **state)
{
	struct pin p;

	(void)state;
	pin(account, NULL, NULL, NULL, NULL, CLI_OK, "");
	assert_string_equal(c.out, "daemon: approved, for whoever signs in by this name next\n");
	p = recorded("daemon");
	assert_true(p.approved && !p.bound);
}

static void
a_person_can_be_named(void **state)
{
	struct pin p;

	(void)state;
	pin(account, opt_sub, sub, NULL, NULL, CLI_OK, "");
	assert_string_equal(c.out, "daemon: approved, for sub s-1 of " RECORDS_ISSUER "\n");
	p = recorded("daemon");
	assert_true(p.approved && p.bound);
	assert_string_equal(p.sub, "s-1");
	assert_string_equal(p.issuer, RECORDS_ISSUER);
	record("daemon", RECORDS_ISSUER, NULL);
	pin(account, opt_sub, sub, opt_issuer, issuer, CLI_OK, "");
	assert_string_equal(recorded("daemon").issuer, issuer);
}

static void
who_came_first_is_approved_and_stays(void **state)
{
	struct pin p;

	(void)state;
	record("daemon", RECORDS_ISSUER, "s-1");
	pin(account, NULL, NULL, NULL, NULL, CLI_OK, "");
	p = recorded("daemon");
	assert_true(p.approved && p.bound);
	assert_string_equal(p.sub, "s-1");
	record("daemon", RECORDS_ISSUER, "s-2");
	pin(account, opt_sub, sub, NULL, NULL, CLI_REFUSED,
	    "latchkey pin: daemon is pinned to another person; latchkey forget it first");
	assert_false(recorded("daemon").approved);
	record("daemon", RECORDS_ISSUER, "s-1");
	pin(account, opt_sub, sub, opt_issuer, issuer, CLI_REFUSED, "latchkey pin: daemon is");
}

static void
accounts_for_which_it_is_no_use_are_refused(void **state)
{
	static char shared[] = "deploy", root[] = "root", nobody[] = "no-such-account-here";

	(void)state;
	pin(shared, NULL, NULL, NULL, NULL, CLI_REFUSED,
	    "latchkey pin: deploy has an [account] section");
	pin(root, NULL, NULL, NULL, NULL, CLI_REFUSED, "latchkey pin: root is a system account");
	pin(nobody, NULL, NULL, NULL, NULL, CLI_REFUSED,
	    "latchkey pin: no-such-account-here is no account of this host");
	assert_int_equal(access(pins, F_OK), -1);
}

static void
what_is_no_command_line_is_told(void **state)
{
	static char bad[] = "../x", empty[] = "", line[] = "a\nb", url[] = "http://x.example";

	(void)state;
	pin(bad, NULL, NULL, NULL, NULL, CLI_USAGE, "usage: latchkey pin ACCOUNT");
	pin(account, opt_sub, empty, NULL, NULL, CLI_USAGE, "usage: ");
	pin(account, opt_sub, line, NULL, NULL, CLI_USAGE, "usage: ");
	pin(account, opt_issuer, issuer, NULL, NULL, CLI_USAGE, "usage: ");
	pin(account, opt_sub, sub, opt_issuer, url, CLI_USAGE, "usage: ");
	pin(account, account, NULL, NULL, NULL, CLI_USAGE, "latchkey pin: daemon stands there");
	assert_int_equal(unlink(conf), 0);
	pin(account, NULL, NULL, NULL, NULL, CLI_USAGE, "latchkey pin: /tmp/");
	assert_int_equal(access(pins, F_OK), -1);
}

static void
a_record_that_cannot_be_read_is_left(void **state)
{
	char path[SCRATCH_PATH];

	(void)state;
	record("daemon", RECORDS_ISSUER, "s-1");
	scratch_write(&c.dir, path, "lib/pins/daemon", "\2", 0600);
	pin(account, NULL, NULL, NULL, NULL, CLI_REFUSED, "latchkey pin: /tmp/");
	assert_non_null(strstr(c.err, "format 2"));
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(an_approval_is_for_the_next_person),
		T(a_person_can_be_named),
		T(who_came_first_is_approved_and_stays),
		T(accounts_for_which_it_is_no_use_are_refused),
		T(what_is_no_command_line_is_told),
		T(a_record_that_cannot_be_read_is_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
