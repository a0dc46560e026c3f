/* Error values. */
#include "config.h"

#include "common/err.h"
#include "tests/support/unit.h"

static void
the_first_failure_stays(void **state)
{
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(err_set(&e, E_FORMAT, "idt.first", "first %d", 1), E_FORMAT);
	assert_int_equal(err_set(&e, E_LIMIT, NULL, "second"), E_LIMIT);
	assert_int_equal(e.code, E_FORMAT);
	assert_string_equal(e.text, "first 1");
	assert_string_equal(err_reason(&e), "idt.first");
}

static void
a_failure_without_a_reason_is_named_by_its_class(void **state)
{
	struct err e = { .code = E_OK };

	(void)state;
	(void)err_set(&e, E_TLS, NULL, "no");
	assert_string_equal(err_reason(&e), "tls");
	assert_string_equal(err_name(E_UNKNOWN), "unknown");
	assert_string_equal(err_name((enum errcode)99), "invalid");
}

static void
nobody_has_to_listen(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, E_SYS, NULL, "lost"), E_SYS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_failure_stays),
		cmocka_unit_test(a_failure_without_a_reason_is_named_by_its_class),
		cmocka_unit_test(nobody_has_to_listen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
