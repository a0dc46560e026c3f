/* An owned list of strings. */
#include "config.h"

#include "common/strlist.h"
#include "tests/support/unit.h"

static void
strings_are_copied_in_their_order(void **state)
{
	struct strlist l = { NULL, 0 };
	char text[] = "abcdef";

	(void)state;
	assert_int_equal(strlist_add(&l, text, 3, 9), E_OK);
	assert_int_equal(strlist_add(&l, text + 3, 3, 9), E_OK);
	assert_int_equal(strlist_add(&l, "", 0, 9), E_OK);
	text[0] = 'x';
	assert_int_equal(l.n, 3);
	assert_string_equal(l.v[0], "abc");
	assert_string_equal(l.v[1], "def");
	assert_string_equal(l.v[2], "");
	strlist_clear(&l);
}

static void
it_never_holds_more_than_the_maximum(void **state)
{
	struct strlist l = { NULL, 0 };

	(void)state;
	assert_int_equal(strlist_add(&l, "a", 1, 0), E_LIMIT);
	assert_int_equal(strlist_add(&l, "a", 1, 2), E_OK);
	assert_int_equal(strlist_add(&l, "b", 1, 2), E_OK);
	assert_int_equal(strlist_add(&l, "c", 1, 2), E_LIMIT);
	assert_int_equal(l.n, 2);
	strlist_clear(&l);
}

static void
strings_are_compared_whole(void **state)
{
	struct strlist l = { NULL, 0 };

	(void)state;
	assert_int_equal(strlist_find(&l, ""), -1);
	assert_int_equal(strlist_add(&l, "linux-users", 11, 9), E_OK);
	assert_int_equal(strlist_add(&l, "b", 1, 9), E_OK);
	assert_int_equal(strlist_find(&l, "b"), 1);
	assert_true(strlist_has(&l, "linux-users"));
	assert_false(strlist_has(&l, "linux-user"));
	assert_false(strlist_has(&l, "linux-users2"));
	assert_false(strlist_has(&l, "Linux-users"));
	assert_false(strlist_has(&l, ""));
	strlist_clear(&l);
}

static void
a_cleared_list_is_an_empty_one(void **state)
{
	struct strlist l = { NULL, 0 };

	(void)state;
	strlist_clear(&l);
	assert_int_equal(strlist_add(&l, "a", 1, 9), E_OK);
	strlist_clear(&l);
	assert_null(l.v);
	assert_int_equal(l.n, 0);
	assert_int_equal(strlist_add(&l, "a", 1, 9), E_OK);
	strlist_clear(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_copied_in_their_order),
		cmocka_unit_test(it_never_holds_more_than_the_maximum),
		cmocka_unit_test(strings_are_compared_whole),
		cmocka_unit_test(a_cleared_list_is_an_empty_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
