/* How fast the bytes of one answer go and where they stop. */
#include "config.h"

#include "mock_idp/wire/pace.h"
#include "tests/support/unit.h"

static void
without_a_fault_all_goes_at_once(void **state)
{
	struct pace p;

	(void)state;
	pace_start(&p, NULL, 100, false, 5);
	assert_int_equal(pace_now(&p, 5), 100);
	pace_went(&p, 60, 5);
	assert_int_equal(pace_now(&p, 5), 40);
	assert_false(pace_done(&p, 5));
	pace_went(&p, 40, 5);
	assert_true(pace_done(&p, 5));
	assert_int_equal(pace_now(&p, 5), 0);
}

static void
a_delay_comes_before_the_first_byte(void **state)
{
	const struct fault f = { .delay_ms = 10 };
	struct pace p;

	(void)state;
	pace_start(&p, &f, 100, false, 5);
	assert_int_equal(pace_now(&p, 14), 0);
	assert_int_equal(p.next, 15);
	assert_int_equal(pace_now(&p, 15), 100);
}

static void
a_drip_pauses_after_each_whole_slice(void **state)
{
	const struct fault f = { .drip = 4, .drip_ms = 10 };
	struct pace p;

	(void)state;
	pace_start(&p, &f, 9, false, 0);
	assert_int_equal(pace_now(&p, 0), 4);
	pace_went(&p, 3, 0);
	assert_int_equal(pace_now(&p, 0), 1);
	pace_went(&p, 1, 2);
	assert_int_equal(pace_now(&p, 11), 0);
	assert_int_equal(pace_now(&p, 12), 4);
	pace_went(&p, 4, 12);
	assert_int_equal(pace_now(&p, 22), 1);
	pace_went(&p, 1, 22);
	/* no pause behind the last byte */
	assert_true(pace_done(&p, 22));
	pace_start(&p, &f, 4, false, 30);
	pace_went(&p, 4, 30);
	assert_true(pace_done(&p, 30));
}

static void
each_end_stops_somewhere(void **state)
{
	static const struct {
		enum fault_end end;
		size_t at, total;
	} all[] = {
		{ FAULT_KEEP, 0, 100 },
		{ FAULT_CLOSE, 0, 100 },
		{ FAULT_CUT, 30, 30 },
		{ FAULT_CUT, 101, 100 },
		{ FAULT_RESET, 0, 0 },
		{ FAULT_HANG, 0, 0 },
		{ FAULT_DROP, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct fault f = { .end = all[i].end, .end_at = all[i].at };
		struct pace p;

		pace_start(&p, &f, 100, false, 0);
		assert_int_equal(pace_now(&p, 0), all[i].total);
		assert_int_equal(pace_done(&p, 0), all[i].total == 0);
	}
}

static void
a_delayed_drop_waits(void **state)
{
	const struct fault f = { .delay_ms = 10, .end = FAULT_DROP };
	struct pace p;

	(void)state;
	pace_start(&p, &f, 100, false, 0);
	assert_false(pace_done(&p, 9));
	assert_true(pace_done(&p, 10));
}

static void
even_an_endless_answer_ends(void **state)
{
	const struct fault cut = { .end = FAULT_CUT, .end_at = 1000 };
	struct pace p;

	(void)state;
	pace_start(&p, NULL, 100, true, 0);
	assert_int_equal(pace_now(&p, 0), FAULT_BYTES_MAX);
	pace_start(&p, &cut, 100, true, 0);
	assert_int_equal(pace_now(&p, 0), 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_fault_all_goes_at_once),
		cmocka_unit_test(a_delay_comes_before_the_first_byte),
		cmocka_unit_test(a_drip_pauses_after_each_whole_slice),
		cmocka_unit_test(each_end_stops_somewhere),
		cmocka_unit_test(a_delayed_drop_waits),
		cmocka_unit_test(even_an_endless_answer_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
