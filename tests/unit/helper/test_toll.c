/* What one login spends of the host's budgets. */
#include "config.h"

#include "helper/toll.h"
#include "tests/support/scratch.h"

static const struct settings_limits settings = { .window = 600,
	.address = 2,
	.account = 100,
	.known = 3,
	.factor = 1,
	.local = 5,
	.pending = 1,
	.remember = 86400 };
static struct scratch dir;
static char limits[SCRATCH_PATH], known[SCRATCH_PATH];

static int
set_up(void **state)
{
	(void)state;
	scratch_make(&dir);
	(void)scratch_path(&dir, limits, "limits");
	(void)scratch_path(&dir, known, "lib");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	scratch_remove(&dir);
	return 0;
}

static struct toll
toll(void)
{
	return (struct toll){
		.dir = limits, .state = known, .clock = &clock_system, .settings = &settings
	};
}

static enum errcode
begin(struct toll *t, const char *address, bool factor, bool *quiet)
{
	static char user[] = "alice", none[] = ""; /* borrowed to the end */
	static char from[64];
	struct msg_start s = { .user = user, .address = from, .rhost = none, .factor = factor };

	(void)snprintf(from, sizeof(from), "%s", address);
	*t = toll();
	return toll_start(t, &s, quiet, NULL);
}

/* Until it is refused. */
static unsigned
starts(const char *address, bool factor)
{
	struct toll t;
	unsigned n = 0;
	bool quiet;

	while (begin(&t, address, factor, &quiet) == E_OK)
		assert_true(++n < 50);
	return n;
}

static void
each_start_counts_until_the_limit(void **state)
{
	(void)state;
	assert_int_equal(starts("203.0.113.5", false), 2);
	assert_int_equal(starts("203.0.113.5", false), 0);
	assert_int_equal(starts("203.0.113.5", true), 1);
	assert_int_equal(starts("", false), 5);
}

static void
who_signed_in_has_a_limit_of_their_own(void **state)
{
	struct toll t;
	bool quiet;

	(void)state;
	assert_int_equal(begin(&t, "203.0.113.5", false, &quiet), E_OK);
	toll_welcome(&t);
	assert_int_equal(starts("203.0.113.5", false), 3);
	assert_int_equal(starts("203.0.113.6", false), 2);
}

static void
the_log_hears_of_it_once_a_minute(void **state)
{
	struct toll t;
	bool quiet;

	(void)state;
	assert_int_equal(begin(&t, "203.0.113.5", false, &quiet), E_OK);
	assert_false(quiet);
	assert_int_equal(begin(&t, "203.0.113.5", false, &quiet), E_OK);
	assert_int_equal(begin(&t, "203.0.113.5", false, &quiet), E_BUSY);
	assert_false(quiet);
	assert_int_equal(begin(&t, "203.0.113.5", false, &quiet), E_BUSY);
	assert_true(quiet);
}

static void
asking_in_vain_and_showing_nothing_count_too(void **state)
{
	struct toll t;
	bool quiet;

	(void)state;
	assert_int_equal(begin(&t, "", false, &quiet), E_OK);
	assert_int_equal(toll_pending(&t, NULL), E_OK);
	assert_int_equal(toll_pending(&t, NULL), E_BUSY);
	toll_unshown(&t);
	assert_int_equal(starts("", false), 0);
}

static void
without_a_ledger_there_is_no_login(void **state)
{
	struct toll t;
	bool quiet;
	char path[SCRATCH_PATH];

	(void)state;
	(void)scratch_write(&dir, path, "limits", "a file", 0600);
	assert_int_equal(begin(&t, "", false, &quiet), E_SYS);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(each_start_counts_until_the_limit),
		CASE(who_signed_in_has_a_limit_of_their_own),
		CASE(the_log_hears_of_it_once_a_minute),
		CASE(asking_in_vain_and_showing_nothing_count_too),
		CASE(without_a_ledger_there_is_no_login),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
