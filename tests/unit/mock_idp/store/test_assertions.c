/* Client assertions that were accepted. */
#include "config.h"

#include <stdio.h>

#include "mock_idp/store/assertions.h"
#include "tests/support/unit.h"

static void
one_is_seen_until_it_expires(void **state)
{
	struct assertions a = { NULL, 0 };

	(void)state;
	assert_false(assertions_seen(&a, "c", "1", 10));
	assert_true(assertions_add(&a, "c", "1", 20, 10));
	assert_true(assertions_seen(&a, "c", "1", 10));
	assert_true(assertions_seen(&a, "c", "1", 19));
	assert_false(assertions_seen(&a, "c", "1", 20));
	assertions_clear(&a);
	assert_false(assertions_seen(&a, "c", "1", 10));
}

static void
each_client_counts_for_itself(void **state)
{
	struct assertions a = { NULL, 0 };

	(void)state;
	assert_true(assertions_add(&a, "c", "1", 20, 10));
	assert_false(assertions_seen(&a, "d", "1", 10));
	assert_false(assertions_seen(&a, "c", "2", 10));
	assert_true(assertions_add(&a, "d", "1", 20, 10));
	assert_true(assertions_seen(&a, "d", "1", 10));
	assert_true(assertions_seen(&a, "c", "1", 10));
	assertions_clear(&a);
}

static void
what_has_expired_is_forgotten(void **state)
{
	struct assertions a = { NULL, 0 };

	(void)state;
	assert_true(assertions_add(&a, "c", "1", 20, 10));
	assert_true(assertions_add(&a, "c", "2", 30, 10));
	assert_true(assertions_add(&a, "c", "3", 40, 20));
	assert_int_equal(a.n, 2);
	assert_true(assertions_seen(&a, "c", "2", 20));
	assertions_clear(&a);
}

static void
the_one_that_expires_first_makes_room(void **state)
{
	struct assertions a = { NULL, 0 };
	char jti[16];

	(void)state;
	for (int i = 0; i < ASSERTIONS_MAX; i++) {
		(void)snprintf(jti, sizeof(jti), "%d", i);
		assert_true(assertions_add(&a, "c", jti, i == 500 ? 50 : 100 + i, 10));
	}
	assert_true(assertions_add(&a, "c", "more", 5000, 10));
	assert_int_equal(a.n, ASSERTIONS_MAX);
	assert_false(assertions_seen(&a, "c", "500", 10));
	assert_true(assertions_seen(&a, "c", "0", 10));
	assert_true(assertions_seen(&a, "c", "more", 10));
	assertions_clear(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_is_seen_until_it_expires),
		cmocka_unit_test(each_client_counts_for_itself),
		cmocka_unit_test(what_has_expired_is_forgotten),
		cmocka_unit_test(the_one_that_expires_first_makes_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
