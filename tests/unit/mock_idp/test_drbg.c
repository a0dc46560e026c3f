/* Bytes that a seed decides. */
#include "config.h"

#include <string.h>

#include "mock_idp/drbg.h"
#include "tests/support/unit.h"

static void
one_seed_and_use_give_the_same_bytes_however_they_are_taken(void **state)
{
	struct drbg a, b;
	uint8_t x[100], y[100];

	(void)state;
	drbg_init(&a, 7, "u");
	drbg_init(&b, 7, "u");
	assert_true(drbg_fill(&a, x, 64));
	assert_true(drbg_fill(&b, y, 32));
	assert_true(drbg_fill(&b, y + 32, 32));
	assert_memory_equal(x, y, 64);
	assert_true(drbg_fill(&a, y, 64));
	assert_memory_not_equal(x, y, 64);
}

static void
another_seed_or_use_gives_others(void **state)
{
	struct drbg a, b, c;
	uint8_t x[32], y[32], z[32];

	(void)state;
	drbg_init(&a, 7, "u");
	drbg_init(&b, 8, "u");
	drbg_init(&c, 7, "v");
	assert_true(drbg_fill(&a, x, 32) && drbg_fill(&b, y, 32) && drbg_fill(&c, z, 32));
	assert_memory_not_equal(x, y, 32);
	assert_memory_not_equal(x, z, 32);
	assert_memory_not_equal(y, z, 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_seed_and_use_give_the_same_bytes_however_they_are_taken),
		cmocka_unit_test(another_seed_or_use_gives_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
