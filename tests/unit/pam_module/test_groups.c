/* The supplementary groups of this process. */
#include "config.h"

#include <errno.h>
#include <grp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/types.h>

#include "pam_module/groups.h"
#include "tests/support/unit.h"

static gid_t have[16];
static int have_count, set_calls;
static bool fails;

int __wrap_getgroups(int size, gid_t *list);
int __wrap___getgroups_chk(int size, gid_t *list, size_t room);
int __wrap_setgroups(size_t n, const gid_t *list);

int
__wrap_getgroups(int size, gid_t *list)
{
	if (size > 0)
		memcpy(list, have, (size_t)have_count * sizeof(*list));
	return have_count;
}

/* what _FORTIFY_SOURCE makes of it */
int
__wrap___getgroups_chk(int size, gid_t *list, size_t room)
{
	(void)room;
	return __wrap_getgroups(size, list);
}

int
__wrap_setgroups(size_t n, const gid_t *list)
{
	set_calls++;
	errno = EPERM;
	if (fails)
		return -1;
	memcpy(have, list, n * sizeof(*list));
	have_count = (int)n;
	return 0;
}

static int
begin(void **state)
{
	(void)state;
	have[0] = 100;
	have[1] = 27;
	have_count = 2;
	set_calls = 0;
	fails = false;
	return 0;
}

static void
missing_ones_come_behind_those_that_are_there(void **state)
{
	static const uint32_t gids[] = { 27, 998, 999, 998 };
	size_t added = 0;

	(void)state;
	assert_int_equal(groups_append(gids, 4, &added, NULL), E_OK);
	assert_int_equal(added, 2);
	assert_int_equal(have_count, 4);
	assert_int_equal(have[0], 100);
	assert_int_equal(have[1], 27);
	assert_int_equal(have[2], 998);
	assert_int_equal(have[3], 999);
}

static void
twice_is_no_harm(void **state)
{
	static const uint32_t gids[] = { 998 };
	size_t added = 7;

	(void)state;
	assert_int_equal(groups_append(gids, 1, &added, NULL), E_OK);
	assert_int_equal(groups_append(gids, 1, &added, NULL), E_OK);
	assert_int_equal(added, 0);
	assert_int_equal(set_calls, 1);
	assert_int_equal(groups_append(NULL, 0, &added, NULL), E_OK);
	assert_int_equal(set_calls, 1);
}

static void
a_process_without_groups_gets_them(void **state)
{
	static const uint32_t gids[] = { 998 };
	size_t added = 0;

	(void)state;
	have_count = 0;
	assert_int_equal(groups_append(gids, 1, &added, NULL), E_OK);
	assert_int_equal(have_count, 1);
	assert_int_equal(have[0], 998);
}

static void
a_refusal_of_the_kernel_is_told(void **state)
{
	static const uint32_t gids[] = { 998 };
	size_t added = 7;

	(void)state;
	fails = true;
	assert_int_equal(groups_append(gids, 1, &added, NULL), E_SYS);
	assert_int_equal(added, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(missing_ones_come_behind_those_that_are_there, begin),
		cmocka_unit_test_setup(twice_is_no_harm, begin),
		cmocka_unit_test_setup(a_process_without_groups_gets_them, begin),
		cmocka_unit_test_setup(a_refusal_of_the_kernel_is_told, begin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
