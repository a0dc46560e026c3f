/* What a subcommand reads. */
#include "config.h"

#include "cli/input.h"
#include "tests/support/scratch.h"

static void
reads_a_file_up_to_its_limit(void **state)
{
	char path[SCRATCH_PATH];
	struct buf *b = NULL;
	struct scratch s;

	(void)state;
	scratch_make(&s);
	(void)scratch_write(&s, path, "f", "12345", 0600);
	assert_int_equal(input_read(&b, path, 5, NULL), E_OK);
	assert_int_equal(buf_len(b), 5);
	buf_free(b);
	b = NULL;
	assert_int_equal(input_read(&b, path, 4, NULL), E_LIMIT);
	assert_int_equal(input_read(&b, "/nonexistent/x", 4, NULL), E_SYS);
	assert_null(b);
	scratch_remove(&s);
}

static void
hex_is_pairs_of_digits(void **state)
{
	static const char *const bad[] = { "0", "0g", "g0", "00 ", " 00", "0x00", "00-1" };
	struct buf *b = NULL;

	(void)state;
	assert_int_equal(input_hex(&b, "00fFA5", NULL), E_OK);
	assert_memory_equal(buf_data(b), "\x00\xff\xa5", 3);
	buf_free(b);
	assert_int_equal(input_hex(&b, "", NULL), E_OK);
	assert_int_equal(buf_len(b), 0);
	buf_free(b);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(input_hex(&b, bad[i], NULL), E_FORMAT);
}

static void
algorithms_are_those_that_logins_may_use(void **state)
{
	static const char *const bad[] = { "", "none", "HS256", "RS256,HS256", ",RS256",
		"RS256 ES256", "rs256" };
	struct strlist l = { .n = 0 };

	(void)state;
	assert_int_equal(input_algorithms(&l, "RS256,EdDSA", NULL), E_OK);
	assert_int_equal(l.n, 2);
	assert_string_equal(l.v[1], "EdDSA");
	strlist_clear(&l);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(input_algorithms(&l, bad[i], NULL), E_FORMAT);
		assert_int_equal(l.n, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_file_up_to_its_limit),
		cmocka_unit_test(hex_is_pairs_of_digits),
		cmocka_unit_test(algorithms_are_those_that_logins_may_use),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
