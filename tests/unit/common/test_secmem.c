/* Memory for secrets. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "tests/support/unit.h"

static void
equality_is_that_of_every_byte(void **state)
{
	(void)state;
	assert_true(secmem_equal("", "x", 0));
	assert_true(secmem_equal("abc", "abd", 2));
	assert_true(secmem_equal("a\0c", "a\0c", 3));
	assert_false(secmem_equal("a\0c", "a\0d", 3));
	assert_false(secmem_equal("abc", "xbc", 3));
	assert_false(secmem_equal("\x01", "\x81", 1));
}

static void
random_bytes_differ(void **state)
{
	unsigned char a[300] = { 0 }, b[300] = { 0 };

	(void)state;
	assert_true(secmem_random(a, sizeof(a)));
	assert_true(secmem_random(b, sizeof(b)));
	assert_memory_not_equal(a, b, sizeof(a));
	assert_memory_not_equal(a, b, 16);
	assert_memory_not_equal(a + 284, b + 284, 16);
	assert_true(secmem_random(a, 0));
}

static void
nothing_is_freed_without_complaint(void **state)
{
	(void)state;
	secmem_free(NULL, 0);
	secmem_free(NULL, 10);
	secmem_freestr(NULL);
	secmem_freestr(strdup(""));
	secmem_freestr(strdup("s3cr3t"));
	secmem_free(malloc(8), 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equality_is_that_of_every_byte),
		cmocka_unit_test(random_bytes_differ),
		cmocka_unit_test(nothing_is_freed_without_complaint),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
