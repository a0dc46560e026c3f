/* latchkey forget. C-098 */
#include "config.h"

#include "tests/unit/cli/records.h"

static char opt_pins[] = "--pins";
static char name[] = "forget", all[] = "--all", opt_issuer[] = "--issuer";
static char issuer[] = RECORDS_ISSUER, alice[] = "alice";

static void
forget(char *a, char *b, char *d, int status, const char *begins)
{
	char *argv[] = { name, opt_pins, pins, a, b, d, NULL };

	captured_run(&c, forget_main, "", argv);
	captured_says(&c, status, begins);
}

static void
one_account_is_forgotten_and_its_approval_with_it(void **state)
{
	(void)state;
	record("alice", RECORDS_ISSUER, NULL);
	record("bob", RECORDS_ISSUER, "s-2");
	forget(alice, NULL, NULL, CLI_OK, "");
	assert_string_equal(c.out, "alice: forgotten\n");
	assert_false(recorded("alice").approved);
	assert_true(recorded("bob").bound);
	forget(alice, NULL, NULL, CLI_REFUSED, "latchkey forget: alice is not on record");
}

/* what no login can read, it can take away */
static void
a_damaged_record_can_be_forgotten(void **state)
{
	char path[SCRATCH_PATH];

	(void)state;
	record("bob", RECORDS_ISSUER, "s-2");
	scratch_write(&c.dir, path, "lib/pins/alice", "\2", 0600);
	forget(alice, NULL, NULL, CLI_OK, "");
	assert_false(recorded("alice").bound);
}

static void
all_of_an_issuer_are_forgotten_and_no_others(void **state)
{
	char path[SCRATCH_PATH];

	(void)state;
	forget(all, opt_issuer, issuer, CLI_OK, "");
	record("alice", RECORDS_ISSUER, "s-1");
	record("bob", RECORDS_ISSUER "/", "s-2");
	record("carol", RECORDS_ISSUER, NULL);
	record("dave", RECORDS_ISSUER, "s-4");
	forget(all, opt_issuer, issuer, CLI_OK, "");
	assert_string_equal(c.out, "alice: forgotten\ndave: forgotten\n");
	assert_true(recorded("bob").bound);
	assert_true(recorded("carol").approved);
	record("dave", RECORDS_ISSUER, "s-4");
	scratch_write(&c.dir, path, "lib/pins/alice", "\2", 0600);
	{
		char *argv[] = { name, opt_pins, pins, all, opt_issuer, issuer, NULL };

		captured_run(&c, forget_main, "", argv);
	}
	assert_int_equal(c.status, CLI_REFUSED);
	assert_string_equal(c.out, "dave: forgotten\n");
	assert_non_null(strstr(c.err, "format 2"));
}

static void
what_is_no_command_line_is_told(void **state)
{
	static char bad[] = "../x";

	(void)state;
	forget(NULL, NULL, NULL, CLI_USAGE, "usage: latchkey forget ACCOUNT");
	forget(bad, NULL, NULL, CLI_USAGE, "usage: ");
	forget(all, NULL, NULL, CLI_USAGE, "usage: ");
	forget(opt_issuer, issuer, NULL, CLI_USAGE, "usage: ");
	forget(alice, opt_issuer, issuer, CLI_USAGE, "usage: ");
	forget(all, alice, NULL, CLI_USAGE, "usage: ");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(one_account_is_forgotten_and_its_approval_with_it),
		T(a_damaged_record_can_be_forgotten),
		T(all_of_an_issuer_are_forgotten_and_no_others),
		T(what_is_no_command_line_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
