/* The budgets on disk; the tests' own user stands in for root. */
#include "config.h"

#include <sys/wait.h>

#include "common/fdio.h"
#include "helper/sys/ledger.h"
#include "tests/support/allocfail.h"
#include "tests/support/scratch.h"

static const struct budget_rate often = { 1000, 600000 };
static struct scratch dir;

static int
set_up(void **state)
{
	(void)state;
	scratch_make(&dir);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	scratch_remove(&dir);
	return 0;
}

static void
spend_one(void)
{
	struct budget b;
	int lock = -1;

	assert_int_equal(ledger_open(&lock, &b, dir.dir, &clock_system, NULL), E_OK);
	assert_int_equal(budget_spend(&b, "a", &often, 1, clock_boot_ms(&clock_system)), E_OK);
	assert_int_equal(ledger_close(&lock, &b, dir.dir, true, &clock_system, NULL), E_OK);
	assert_int_equal(lock, -1);
}

/* Whole budgets of 600 ms that are spent, about. */
static int64_t
spent(void)
{
	int64_t now = clock_boot_ms(&clock_system), left;
	struct budget b;
	int lock = -1;

	assert_int_equal(ledger_open(&lock, &b, dir.dir, &clock_system, NULL), E_OK);
	left = b.n == 0 ? 0 : b.v[0].busy_until - now;
	assert_int_equal(ledger_close(&lock, &b, dir.dir, false, &clock_system, NULL), E_OK);
	return left;
}

/* Nothing that two spend at once is lost. */
static void
one_at_a_time_changes_it(void **state)
{
	int st;

	(void)state;
	for (int i = 0; i < 4; i++)
		if (fork() == 0) {
			for (int k = 0; k < 25; k++)
				spend_one();
			_exit(0);
		}
	for (int i = 0; i < 4; i++)
		assert_true(wait(&st) > 0 && st == 0);
	/* 100 of 600 ms each, less the time since */
	assert_in_range(spent(), 45000, 60000);
}

/* H-53: else who can take the memory has all budgets anew */
static void
a_lack_of_memory_is_no_empty_ledger(void **state)
{
	struct budget b;
	size_t n = 0;
	int lock = -1;
	bool came = true;

	(void)state;
	for (int i = 0; i < 100; i++)
		spend_one();
	while (came) {
		enum errcode r;

		allocfail_from(++n, false);
		r = ledger_open(&lock, &b, dir.dir, &clock_system, NULL);
		came = allocfail_end();
		assert_int_equal(r, came ? E_NOMEM : E_OK);
		assert_int_equal(lock == -1, came);
		assert_int_equal(b.n, came ? 0 : 1);
	}
	assert_in_range(n, 5, 20);
	assert_int_equal(ledger_close(&lock, &b, dir.dir, true, &clock_system, NULL), E_OK);
	assert_in_range(spent(), 45000, 60000);
}

static void
what_is_not_ours_counts_as_empty(void **state)
{
	char path[SCRATCH_PATH];

	(void)state;
	spend_one();
	assert_true(spent() > 0);
	(void)scratch_write(&dir, path, "budgets", "\x01garbage", 0600);
	assert_int_equal(spent(), 0);
	spend_one();
	assert_true(spent() > 0);
	assert_int_equal(chmod(path, 0666), 0);
	assert_int_equal(spent(), 0);
}

/* Nobody is let in uncounted. */
static void
a_lock_that_cannot_be_had_is_an_error(void **state)
{
	struct err e = { .code = E_OK };
	struct budget b, second;
	int lock = -1, other = -1;

	(void)state;
	assert_int_equal(ledger_open(&lock, &b, dir.dir, &clock_system, NULL), E_OK);
	assert_int_equal(ledger_open(&other, &second, dir.dir, &clock_system, &e), E_SYS);
	assert_string_equal(e.reason, "limit.ledger");
	assert_int_equal(ledger_close(&lock, &b, dir.dir, false, &clock_system, NULL), E_OK);
	assert_int_equal(chmod(dir.dir, 0777), 0);
	assert_int_equal(ledger_open(&other, &second, dir.dir, &clock_system, NULL), E_SYS);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(one_at_a_time_changes_it),
		CASE(a_lack_of_memory_is_no_empty_ledger),
		CASE(what_is_not_ours_counts_as_empty),
		CASE(a_lock_that_cannot_be_had_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
