/* What came and was not answered yet. */
#include "config.h"

#include <string.h>

#include "mock_idp/wire/inbox.h"
#include "tests/support/unit.h"

static void
put(struct inbox *b, const char *text)
{
	char *to;

	assert_true(inbox_room(b, &to) >= strlen(text));
	memcpy(to, text, strlen(text));
	inbox_came(b, strlen(text));
}

static void
what_is_done_with_goes_and_the_rest_stays(void **state)
{
	struct inbox b = { .p = NULL };

	(void)state;
	put(&b, "first");
	put(&b, "second");
	inbox_drop(&b, 5);
	assert_int_equal(b.len, 6);
	assert_memory_equal(b.p, "second", 6);
	inbox_drop(&b, 6);
	assert_null(b.p);
	assert_int_equal(b.alloc, 0);
}

static void
it_grows_as_needed_and_no_further(void **state)
{
	struct inbox b = { .p = NULL };
	char *to;
	size_t n, all = 0;

	(void)state;
	n = inbox_room(&b, &to);
	assert_in_range(n, 1, 8192);
	while ((n = inbox_room(&b, &to)) > 0) {
		memset(to, 'x', n);
		inbox_came(&b, n);
		all += n;
	}
	assert_int_equal(all, INBOX_MAX);
	assert_int_equal(b.p[0], 'x');
	assert_int_equal(b.p[INBOX_MAX - 1], 'x');
	inbox_clear(&b);
	assert_int_equal(b.len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_done_with_goes_and_the_rest_stays),
		cmocka_unit_test(it_grows_as_needed_and_no_further),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
