/* Names with values. */
#include "config.h"

#include <string.h>

#include "mock_idp/pairs.h"
#include "tests/support/unit.h"

static void
gives_the_first_value_and_counts_all(void **state)
{
	struct pairs p = { .n = 0 };

	(void)state;
	assert_int_equal(pairs_add(&p, "a", "1"), E_OK);
	assert_int_equal(pairs_add(&p, "b", ""), E_OK);
	assert_int_equal(pairs_add(&p, "a", "2"), E_OK);
	assert_string_equal(pairs_get(&p, "a"), "1");
	assert_string_equal(pairs_get(&p, "b"), "");
	assert_null(pairs_get(&p, "c"));
	assert_int_equal(pairs_count(&p, "a"), 2);
	pairs_clear(&p);
	assert_int_equal(p.n, 0);
}

static void
refuses_one_more_than_fit(void **state)
{
	struct pairs p = { .n = 0 };

	(void)state;
	for (int i = 0; i < PAIRS_MAX; i++)
		assert_int_equal(pairs_add(&p, "a", "1"), E_OK);
	assert_int_equal(pairs_add(&p, "a", "1"), E_LIMIT);
	assert_int_equal(pairs_take(&p, strdup("a"), NULL), E_NOMEM);
	pairs_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_first_value_and_counts_all),
		cmocka_unit_test(refuses_one_more_than_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
