/* The helper as a child; what it is given: tests/component/test_guest.c. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pam_module/spawn.h"
#include "proto/chan.h"
#include "tests/support/unit.h"

static int spawn_errno;
int __real_posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *f,
    const posix_spawnattr_t *a, char *const argv[], char *const envp[]);
int __wrap_posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *f,
    const posix_spawnattr_t *a, char *const argv[], char *const envp[]);

int
__wrap_posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *f,
    const posix_spawnattr_t *a, char *const argv[], char *const envp[])
{
	return spawn_errno != 0 ? spawn_errno : __real_posix_spawn(pid, path, f, a, argv, envp);
}

static enum errcode
begin_with(int error)
{
	const struct args a = { .helper = "/bin/true" };
	struct spawn s = { .fd = -1 };
	enum errcode r;
	int before = open("/dev/null", O_RDONLY | O_CLOEXEC), after;

	(void)close(before);
	spawn_errno = error;
	r = spawn_begin(&s, &a, NULL);
	spawn_errno = 0;
	assert_int_equal(s.fd, -1);
	after = open("/dev/null", O_RDONLY | O_CLOEXEC);
	(void)close(after);
	assert_int_equal(before, after);
	return r;
}

static void
only_a_missing_helper_counts_as_not_installed(void **state)
{
	(void)state;
	assert_int_equal(begin_with(ENOENT), E_CFG);
	assert_int_equal(begin_with(EACCES), E_CFG);
	assert_int_equal(begin_with(EAGAIN), E_SYS);
	assert_int_equal(begin_with(ENOMEM), E_SYS);
	assert_int_equal(begin_with(EMFILE), E_SYS);
	assert_int_equal(begin_with(ENFILE), E_SYS);
}

static void
a_helper_that_ends_by_itself_is_reaped(void **state)
{
	const struct args a = { .helper = "/bin/true" };
	struct spawn s;

	(void)state;
	assert_int_equal(spawn_begin(&s, &a, NULL), E_OK);
	spawn_end(&s, &clock_system);
	assert_int_equal(s.fd, -1);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

/* cat reads its descriptor 0, which is the channel, to the end. */
static void
the_end_of_the_channel_ends_the_helper(void **state)
{
	const struct args a = { .helper = "/bin/cat" };
	int64_t t0 = clock_boot_ms(&clock_system);
	struct spawn s;

	(void)state;
	assert_int_equal(spawn_begin(&s, &a, NULL), E_OK);
	spawn_end(&s, &clock_system);
	assert_in_range(clock_boot_ms(&clock_system) - t0, 0, SPAWN_REAP_MS - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_missing_helper_counts_as_not_installed),
		cmocka_unit_test(a_helper_that_ends_by_itself_is_reaped),
		cmocka_unit_test(the_end_of_the_channel_ends_the_helper),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
