/* What a client meets where it expects TLS. */
#include "config.h"

#include "mock_idp/wire/greet.h"
#include "tests/support/unit.h"

static void
plain_text_as_it_stands(void **state)
{
	char text[] = "HTTP\0!";
	const struct fault f = { .greeting = FAULT_PLAIN, .greeting_text = { text, 6 } };
	struct buf *b = greet_bytes(&f, 1);

	(void)state;
	assert_int_equal(buf_len(b), 6);
	assert_memory_equal(buf_data(b), "HTTP\0!", 6);
	buf_free(b);
}

static void
garbage_is_the_same_for_the_same_connection(void **state)
{
	const struct fault f = { .greeting = FAULT_GARBAGE, .greeting_n = 100 };
	struct buf *a = greet_bytes(&f, 1), *b = greet_bytes(&f, 1), *c = greet_bytes(&f, 2);

	(void)state;
	assert_int_equal(buf_len(a), 100);
	assert_memory_equal(buf_data(a), buf_data(b), 100);
	assert_memory_not_equal(buf_data(a), buf_data(c), 100);
	assert_true(buf_data(a)[0] >= 0x80);
	assert_true(buf_data(c)[0] >= 0x80);
	buf_free(a);
	buf_free(b);
	buf_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_as_it_stands),
		cmocka_unit_test(garbage_is_the_same_for_the_same_connection),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
