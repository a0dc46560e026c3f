/* latchkey accounts. */
#include "config.h"

#include "tests/unit/cli/records.h"

static char opt_conf[] = "--conf", opt_pins[] = "--pins";
static char name[] = "accounts";
static const char shared[] =
    "deploy               shared           groups = ops \"Domain Admins\" users = zoe\n";

static void
list(void)
{
	char *argv[] = { name, opt_pins, pins, opt_conf, conf, NULL };

	captured_run(&c, accounts_main, "", argv);
}

static void
records_and_shared_accounts_are_listed(void **state)
{
	char want[2048];

	(void)state;
	list();
	captured_says(&c, CLI_OK, "");
	assert_string_equal(c.out, shared);
	assert_int_equal(access(pins, F_OK), -1);
	record("bob", RECORDS_ISSUER, NULL);
	record("alice", RECORDS_ISSUER, "s-1");
	list();
	captured_says(&c, CLI_OK, "");
	(void)snprintf(want, sizeof(want),
	    "alice                pinned           sub=s-1 issuer=%s since=2023-11-14\n"
	    "bob                  approved         to be bound by the next login, "
	    "since=2023-11-14\n"
	    "%s",
	    RECORDS_ISSUER, shared);
	assert_string_equal(c.out, want);
}

static void
what_cannot_be_read_is_told_and_the_rest_is_listed(void **state)
{
	char path[SCRATCH_PATH];

	(void)state;
	record("bob", RECORDS_ISSUER, "s-2");
	scratch_write(&c.dir, path, "lib/pins/alice", "\2", 0600);
	list();
	assert_int_equal(c.status, CLI_REFUSED);
	assert_non_null(strstr(c.err, "format 2"));
	assert_non_null(strstr(c.out, "bob "));
	assert_non_null(strstr(c.out, "deploy "));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(unlink(conf), 0);
	list();
	assert_int_equal(c.status, CLI_REFUSED);
	assert_non_null(strstr(c.err, "there is no such file"));
	assert_non_null(strstr(c.out, "bob "));
}

static void
an_option_too_many_is_told(void **state)
{
	static char extra[] = "alice";
	char *argv[] = { name, extra, NULL };

	(void)state;
	captured_run(&c, accounts_main, "", argv);
	captured_says(&c, CLI_USAGE, "latchkey accounts: alice is no option");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(records_and_shared_accounts_are_listed),
		T(what_cannot_be_read_is_told_and_the_rest_is_listed),
		T(an_option_too_many_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
