/* From where each account signed in lately. */
#include "config.h"

#include "helper/sys/known.h"
#include "tests/support/allocfail.h"
#include "tests/support/scratch.h"

#define NOW 1800000000
#define MONTH (30 * 86400)

static struct scratch dir;

static int
set_up(void **state)
{
	(void)state;
	scratch_make(&dir);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	scratch_remove(&dir);
	return 0;
}

static bool
is(const char *account, const char *origin, int64_t now)
{
	return known_is(dir.dir, account, origin, now, MONTH);
}

static void
who_signed_in_from_there_is_known_for_a_while(void **state)
{
	(void)state;
	assert_false(is("alice", "203.0.113.5", NOW));
	known_add(dir.dir, "alice", "203.0.113.5", NOW, MONTH);
	assert_true(is("alice", "203.0.113.5", NOW));
	assert_true(is("alice", "203.0.113.5", NOW + MONTH - 1));
	assert_false(is("alice", "203.0.113.5", NOW + MONTH));
	assert_false(is("alice", "203.0.113.5", NOW - 1)); /* a clock that went back */
	assert_false(is("alice", "203.0.113.6", NOW));
	assert_false(is("bob", "203.0.113.5", NOW));
	assert_false(known_is(dir.dir, "alice", "203.0.113.5", NOW, 0));
	known_add(dir.dir, "alice", "203.0.113.5", NOW + 20 * 86400, MONTH);
	assert_true(is("alice", "203.0.113.5", NOW + 45 * 86400));
}

static void
it_is_written_once_a_day(void **state)
{
	char path[SCRATCH_PATH];
	struct stat before, after;

	(void)state;
	known_add(dir.dir, "alice", "203.0.113.5", NOW, MONTH);
	assert_int_equal(stat(scratch_path(&dir, path, "known"), &before), 0);
	known_add(dir.dir, "alice", "203.0.113.5", NOW + 86399, MONTH);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	known_add(dir.dir, "alice", "203.0.113.5", NOW + 86400, MONTH);
	assert_int_equal(stat(path, &after), 0);
	assert_int_not_equal(before.st_ino, after.st_ino);
	assert_int_equal(after.st_mode & 0777, 0600);
}

/* H-53 */
static void
a_lack_of_memory_forgets_nobody(void **state)
{
	size_t n = 0;
	bool came;

	(void)state;
	known_add(dir.dir, "alice", "203.0.113.5", NOW, MONTH);
	known_add(dir.dir, "bob", "203.0.113.5", NOW, MONTH);
	do {
		allocfail_from(++n, false);
		known_add(dir.dir, "carol", "203.0.113.5", NOW, MONTH);
		came = allocfail_end();
		assert_true(is("alice", "203.0.113.5", NOW));
		assert_true(is("bob", "203.0.113.5", NOW));
		assert_true(is("carol", "203.0.113.5", NOW) == !came);
	} while (came);
	assert_in_range(n, 5, 20);
}

static void
the_oldest_makes_room(void **state)
{
	char name[32];

	(void)state;
	for (int i = 0; i < KNOWN_MAX + 3; i++) {
		(void)snprintf(name, sizeof(name), "10.%d.%d.1", i / 250, i % 250);
		known_add(dir.dir, "alice", name, NOW + i, MONTH);
		if (i == 20)
			i = KNOWN_MAX - 20; /* not all of them: each is a file written anew */
	}
	assert_true(is("alice", "10.0.0.1", NOW + KNOWN_MAX));
	assert_true(is("alice", name, NOW + KNOWN_MAX + 10));
}

static void
a_file_that_is_not_ours_knows_nobody(void **state)
{
	char path[SCRATCH_PATH];

	(void)state;
	known_add(dir.dir, "alice", "203.0.113.5", NOW, MONTH);
	assert_int_equal(chmod(scratch_path(&dir, path, "known"), 0666), 0);
	assert_false(is("alice", "203.0.113.5", NOW));
	(void)scratch_write(&dir, path, "known", "\x02junk", 0600);
	assert_false(is("alice", "203.0.113.5", NOW));
	known_add(dir.dir, "alice", "203.0.113.5", NOW, MONTH);
	assert_true(is("alice", "203.0.113.5", NOW));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(who_signed_in_from_there_is_known_for_a_while),
		CASE(it_is_written_once_a_day),
		CASE(a_lack_of_memory_forgets_nobody),
		CASE(the_oldest_makes_room),
		CASE(a_file_that_is_not_ours_knows_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
