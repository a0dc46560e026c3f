/* The one seam for time. */
#include "config.h"

#include <limits.h>

#include "common/clock.h"
#include "tests/support/unit.h"

static int64_t
at(void *arg)
{
	return *(int64_t *)arg;
}

static void
left_is_what_poll_takes(void **state)
{
	static const struct {
		int64_t now, deadline;
		int left;
	} row[] = {
		{ 1000, 1000, 0 },
		{ 1000, 999, 0 },
		{ 1000, 0, 0 },
		{ 1000, INT64_MIN, 0 },
		{ 1000, 1001, 1 },
		{ 0, INT_MAX, INT_MAX },
		{ 0, (int64_t)INT_MAX + 1, INT_MAX },
		{ 0, INT64_MAX, INT_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		int64_t now = row[i].now;
		struct clock c = { at, at, &now };

		assert_int_equal(clock_left(&c, row[i].deadline), row[i].left);
	}
}

static void
a_test_sets_its_own_time(void **state)
{
	int64_t now = 42;
	struct clock c = { at, at, &now };

	(void)state;
	assert_int_equal(clock_boot_ms(&c), 42);
	now = 43;
	assert_int_equal(clock_wall(&c), 43);
}

static void
the_system_has_a_time_that_does_not_go_back(void **state)
{
	int64_t a = clock_boot_ms(&clock_system), b = clock_boot_ms(&clock_system);

	(void)state;
	assert_true(a > 0 && b >= a);
	assert_true(clock_wall(&clock_system) > 1700000000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(left_is_what_poll_takes),
		cmocka_unit_test(a_test_sets_its_own_time),
		cmocka_unit_test(the_system_has_a_time_that_does_not_go_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
