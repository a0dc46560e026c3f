/* How often something may happen. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/policy/budget.h"
#include "tests/support/unit.h"

#define NOW 1000000

static const struct budget_rate five_a_minute = { 5, 60000 }, none = { 0, 60000 };

/* Spends while it may; how often that was. */
static unsigned
spend(struct budget *b, const char *key, uint64_t cost, int64_t now)
{
	unsigned n = 0;

	while (n < 100 && budget_allows(b, key, &five_a_minute, cost, now)) {
		assert_int_equal(budget_spend(b, key, &five_a_minute, cost, now), E_OK);
		n++;
	}
	return n;
}

static void
so_many_at_once_and_one_more_for_each_part_of_the_window(void **state)
{
	struct budget b = { .n = 0 };

	(void)state;
	assert_int_equal(spend(&b, "a", 1, NOW), 5);
	assert_int_equal(spend(&b, "a", 1, NOW + 11999), 0);
	assert_int_equal(spend(&b, "a", 1, NOW + 12000), 1);
	assert_int_equal(spend(&b, "a", 1, NOW + 12000 + 36000), 3);
	assert_int_equal(spend(&b, "a", 1, NOW + 600000), 5);
	assert_int_equal(spend(&b, "b", 1, NOW), 5); /* another's is untouched */
	assert_int_equal(spend(&b, "c", 2, NOW), 2);
	assert_int_equal(spend(&b, "d", 6, NOW), 0);
	budget_clear(&b);
}

static void
no_limit_is_no_limit(void **state)
{
	struct budget b = { .n = 0 };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		assert_true(budget_allows(&b, "a", &none, 1, NOW));
		assert_int_equal(budget_spend(&b, "a", &none, 1, NOW), E_OK);
	}
	assert_int_equal(b.n, 0);
}

/* Who goes on over the limit is not locked out for ever. */
static void
an_overdraft_ends_within_two_windows(void **state)
{
	struct budget b = { .n = 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		assert_int_equal(budget_spend(&b, "a", &five_a_minute, 5, NOW), E_OK);
	assert_false(budget_allows(&b, "a", &five_a_minute, 1, NOW + 71999));
	assert_true(budget_allows(&b, "a", &five_a_minute, 1, NOW + 72000));
	budget_clear(&b);
}

/* A flood of keys that came once does not push out the one that came often. */
static void
a_full_table_loses_whoever_spent_least(void **state)
{
	struct budget b = { .n = 0 };
	char key[32];

	(void)state;
	assert_int_equal(spend(&b, "often", 1, NOW), 5);
	for (int i = 0; i < 3 * BUDGET_KEYS; i++) {
		(void)snprintf(key, sizeof(key), "once %d", i);
		assert_int_equal(budget_spend(&b, key, &five_a_minute, 1, NOW), E_OK);
	}
	assert_int_equal(b.n, BUDGET_KEYS);
	assert_int_equal(spend(&b, "often", 1, NOW), 0);
	budget_clear(&b);
}

static struct budget
again(const struct budget *b, int64_t written, int64_t read)
{
	struct buf *text = buf_new(1 << 20);
	struct budget out = { .n = 0 };

	assert_int_equal(budget_encode(text, b, written), E_OK);
	assert_int_equal(budget_decode(&out, buf_data(text), buf_len(text), read, 120000), E_OK);
	buf_free(text);
	return out;
}

static void
it_comes_back_as_it_went_without_what_is_over(void **state)
{
	struct budget b = { .n = 0 }, c;

	(void)state;
	assert_int_equal(spend(&b, "a", 1, NOW), 5);
	assert_int_equal(budget_spend(&b, "b", &five_a_minute, 1, NOW), E_OK);
	c = again(&b, NOW, NOW);
	assert_int_equal(c.n, 2);
	assert_int_equal(spend(&c, "a", 1, NOW), 0);
	assert_int_equal(spend(&c, "b", 1, NOW), 4);
	budget_clear(&c);
	c = again(&b, NOW + 12000, NOW + 12000);
	assert_int_equal(c.n, 1);
	budget_clear(&c);
	/* another boot: what lies further ahead than it could is of another clock */
	c = again(&b, NOW, NOW - 120000);
	assert_int_equal(c.n, 0);
	budget_clear(&c);
	budget_clear(&b);
}

static void
refuses_what_is_no_table(void **state)
{
	struct budget b = { .n = 0 }, c = { .n = 0 };
	struct buf *text = buf_new(4096);

	(void)state;
	assert_int_equal(spend(&b, "a", 1, NOW), 5);
	assert_int_equal(budget_encode(text, &b, NOW), E_OK);
	for (size_t cut = 2; cut < buf_len(text); cut++)
		assert_int_equal(budget_decode(&c, buf_data(text), cut, NOW, 120000), E_FORMAT);
	/* an empty one */
	assert_int_equal(budget_decode(&c, buf_data(text), 1, NOW, 120000), E_OK);
	assert_int_equal(budget_decode(&c, "\x02", 1, NOW, 120000), E_FORMAT);
	assert_int_equal(budget_decode(&c, "", 0, NOW, 120000), E_FORMAT);
	assert_int_equal(c.n, 0);
	buf_free(text);
	budget_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(so_many_at_once_and_one_more_for_each_part_of_the_window),
		cmocka_unit_test(no_limit_is_no_limit),
		cmocka_unit_test(an_overdraft_ends_within_two_windows),
		cmocka_unit_test(a_full_table_loses_whoever_spent_least),
		cmocka_unit_test(it_comes_back_as_it_went_without_what_is_over),
		cmocka_unit_test(refuses_what_is_no_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
