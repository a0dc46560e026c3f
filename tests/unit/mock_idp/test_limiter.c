/* Authelia's rate limiter. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/limiter.h"
#include "tests/support/unit.h"

#define TOKEN "token"

/* As the command line says it; the caller's to free. */
static struct limiter *
make(const char *text)
{
	struct limiter *l = calloc(1, sizeof(*l));

	assert_non_null(l);
	assert_true(limiter_set(l, text));
	return l;
}

static void
unmake(struct limiter *l)
{
	limiter_clear(l);
	assert_int_equal(l->buckets, 0);
	free(l);
}

/* Polls of so many sessions behind one address, each every step seconds up to the end: when the
 * first is refused (-1: none), and how many pass. */
static int64_t
poll_on(const char *text, int sessions, int64_t step, int64_t end, int *passed)
{
	struct limiter *l = make(text);
	int64_t first = -1;

	*passed = 0;
	for (int64_t t = 0; t <= end; t += step)
		for (int i = 0; i < sessions; i++) {
			if (limiter_charge(l, TOKEN, "192.0.2.1", t * 1000) == 0)
				(*passed)++;
			else if (first < 0)
				first = t;
		}
	unmake(l);
	return first;
}

/* When Authelia's own middleware refused first, run with the same requests. */
static void
a_login_that_polls_each_10_seconds_is_refused_after_350(void **state)
{
	int passed;

	(void)state;
	assert_int_equal(poll_on("on", 1, 10, 600, &passed), 350);
	/* not 40: a refused request is charged in the buckets that had room */
	assert_int_equal(passed, 39);
	assert_int_equal(poll_on("on", 1, 10, 340, &passed), -1);
	assert_int_equal(passed, 35);
}

static void
five_sessions_behind_one_address_are_refused_after_60(void **state)
{
	int passed;

	(void)state;
	assert_int_equal(poll_on("on", 5, 10, 600, &passed), 60);
	assert_int_equal(passed, 31);
}

static void
steps_of_20_seconds_survive_ten_minutes(void **state)
{
	int passed;

	(void)state;
	assert_int_equal(poll_on("on", 1, 20, 600, &passed), -1);
	assert_int_equal(passed, 31);
}

static void
who_waits_as_told_passes(void **state)
{
	struct limiter *l = make("on");
	int64_t now = 0, wait;
	int passed = 0;

	(void)state;
	/* polls each 10 seconds, or when the last answer said */
	while (now <= 600 * 1000) {
		wait = limiter_charge(l, TOKEN, "192.0.2.1", now);
		passed += wait == 0;
		if (now == 350 * 1000)
			assert_int_equal(wait, 10000);
		now += wait == 0 ? 10000 : wait;
	}
	assert_int_equal(passed, 40);
	unmake(l);
}

static void
after_50_in_a_row_one_passes_each_ten_minutes(void **state)
{
	struct limiter *l = make("600/50");

	(void)state;
	for (int i = 0; i < 50; i++)
		assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 600000);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 599999), 1);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 600000), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 600000), 600000);
	unmake(l);
}

static void
a_good_answer_costs_nothing(void **state)
{
	struct limiter *l = make("60/1,120/2");

	(void)state;
	for (int i = 0; i < 10; i++) {
		assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 0);
		limiter_refund(l, TOKEN, "a");
	}
	assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 60000);
	unmake(l);
}

static void
a_refusal_empties_the_buckets_that_had_room(void **state)
{
	struct limiter *l = make("10/1,100/3");

	(void)state;
	assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 10000);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 10000);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 10000), 90000);
	/* the longest wait of all is the one that is said */
	assert_true(limiter_set(l, "100/1,10/1"));
	assert_int_equal(limiter_charge(l, TOKEN, "a", 10000), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 10000), 100000);
	assert_true(limiter_set(l, "10/1,100/1"));
	assert_int_equal(limiter_charge(l, TOKEN, "a", 10000), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 10000), 100000);
	unmake(l);
}

static void
each_address_and_each_endpoint_counts_for_itself(void **state)
{
	struct limiter *l = make("60/1");

	(void)state;
	assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 0);
	assert_int_not_equal(limiter_charge(l, TOKEN, "a", 0), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "b", 0), 0);
	assert_int_equal(limiter_charge(l, "par", "a", 0), 0);
	limiter_reset(l);
	assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 0);
	unmake(l);
}

static void
a_bucket_never_holds_more_than_it_does(void **state)
{
	struct limiter *l = make("1/2");

	(void)state;
	assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "a", INT64_C(1000000000000)), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "a", INT64_C(1000000000000)), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "a", INT64_C(1000000000000)), 1000);
	/* nor does a clock that goes back take anything away */
	assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 1000);
	unmake(l);
}

static void
too_many_visitors_make_room(void **state)
{
	struct limiter *l = make("60/1");
	char address[16];

	(void)state;
	for (int i = 0; i < LIMITER_VISITORS; i++) {
		(void)snprintf(address, sizeof(address), "%d", i);
		assert_int_equal(limiter_charge(l, TOKEN, address, i), 0);
	}
	assert_int_equal(limiter_charge(l, TOKEN, "more", 1000), 0);
	assert_int_equal(l->n, LIMITER_VISITORS);
	assert_int_not_equal(limiter_charge(l, TOKEN, "1", 1000), 0);
	assert_int_equal(limiter_charge(l, TOKEN, "0", 1000), 0);
	unmake(l);
}

static void
an_address_has_a_length(void **state)
{
	struct limiter *l = make("60/1");
	char address[200];

	(void)state;
	memset(address, 'a', sizeof(address) - 1);
	address[sizeof(address) - 1] = '\0';
	assert_int_equal(limiter_charge(l, TOKEN, address, 0), 0);
	assert_int_not_equal(limiter_charge(l, TOKEN, address, 0), 0);
	limiter_refund(l, TOKEN, address);
	assert_int_equal(limiter_charge(l, TOKEN, address, 0), 0);
	unmake(l);
}

static void
words_are_understood_or_refused(void **state)
{
	static const char *const wrong[] = { "", "yes", "60", "60/", "/30", "0/30", "60/0",
		"60/30,", ",60/30", "60/30;120/40", "60/30 ", "-60/30", "86401/1", "60/100001",
		"60//30", "1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1" };
	struct limiter *l = make("on");

	(void)state;
	assert_int_equal(l->buckets, 4);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(limiter_set(l, wrong[i]));
		assert_int_equal(l->buckets, 4);
		assert_int_equal(l->bucket[3].period, 3600);
	}
	assert_true(limiter_set(l, "60/30,120/40"));
	assert_int_equal(l->buckets, 2);
	assert_int_equal(l->bucket[1].requests, 40);
	assert_true(limiter_set(l, "1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1"));
	assert_true(limiter_set(l, "off"));
	for (int i = 0; i < 1000; i++)
		assert_int_equal(limiter_charge(l, TOKEN, "a", 0), 0);
	unmake(l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_login_that_polls_each_10_seconds_is_refused_after_350),
		cmocka_unit_test(five_sessions_behind_one_address_are_refused_after_60),
		cmocka_unit_test(steps_of_20_seconds_survive_ten_minutes),
		cmocka_unit_test(who_waits_as_told_passes),
		cmocka_unit_test(after_50_in_a_row_one_passes_each_ten_minutes),
		cmocka_unit_test(a_good_answer_costs_nothing),
		cmocka_unit_test(a_refusal_empties_the_buckets_that_had_room),
		cmocka_unit_test(each_address_and_each_endpoint_counts_for_itself),
		cmocka_unit_test(a_bucket_never_holds_more_than_it_does),
		cmocka_unit_test(too_many_visitors_make_room),
		cmocka_unit_test(an_address_has_a_length),
		cmocka_unit_test(words_are_understood_or_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
