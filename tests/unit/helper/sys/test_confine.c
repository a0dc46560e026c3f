/* Giving up rights, each time in a child that has them to give up. */
#include "config.h"

#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helper/sys/confine.h"
#include "tests/support/unit.h"

#define UID 64990

/* In a child: 0, or the line whose condition did not hold. */
#define HOLDS(condition)                                                                           \
	do {                                                                                       \
		if (!(condition))                                                                  \
			return __LINE__;                                                           \
	} while (0)

static int
in_child(int (*f)(void))
{
	int status, p[2], line = -1;
	pid_t pid;

	assert_int_equal(pipe(p), 0);
	if ((pid = fork()) == 0) {
		line = f();
		(void)!write(p[1], &line, sizeof(line));
		_exit(0);
	}
	(void)close(p[1]);
	(void)!read(p[0], &line, sizeof(line));
	(void)close(p[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return line;
}

/* The number behind a key of /proc/self/status. */
static unsigned long long
status_of(const char *key, int base)
{
	char line[256];
	FILE *f = fopen("/proc/self/status", "re");
	unsigned long long v = ULLONG_MAX;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, key, strlen(key)) == 0)
			v = strtoull(line + strlen(key), NULL, base);
	if (f != NULL)
		(void)fclose(f);
	return v;
}

static rlim_t
hard(int what)
{
	struct rlimit r = { 7, 7 };

	(void)getrlimit((__rlimit_resource_t)what, &r);
	return r.rlim_max;
}

static int
worker(void)
{
	uid_t r, e, s;
	gid_t rg, eg, sg;

	HOLDS(confine_worker(UID, UID) == NULL);
	HOLDS(getresuid(&r, &e, &s) == 0 && r == UID && e == UID && s == UID);
	HOLDS(getresgid(&rg, &eg, &sg) == 0 && rg == 65534 && eg == UID && sg == UID);
	HOLDS(getgroups(0, NULL) == 0);
	HOLDS(status_of("CapPrm:", 16) == 0 && status_of("CapEff:", 16) == 0);
	HOLDS(status_of("CapBnd:", 16) == 0 && status_of("CapAmb:", 16) == 0);
	HOLDS(status_of("NoNewPrivs:", 10) == 1);
	HOLDS(hard(RLIMIT_CORE) == 0 && hard(RLIMIT_FSIZE) == 0 && hard(RLIMIT_NOFILE) == 64);
	HOLDS(setuid(0) != 0 && setgid(0) != 0);
	return 0;
}

static void
a_worker_has_nothing_and_gets_nothing_back(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
#ifdef __SANITIZE_ADDRESS__
	skip(); /* the shadow memory does not fit under a worker's RLIMIT_AS */
#endif
	assert_int_equal(in_child(worker), 0);
}

/* Debian's adduser --system makes nogroup the primary group: then too the two ids must differ at
 * exec. */
static int
worker_of_nogroup(void)
{
	gid_t rg, eg, sg;

	HOLDS(confine_worker(UID, 65534) == NULL);
	HOLDS(getresgid(&rg, &eg, &sg) == 0 && rg != 65534 && rg != 0 && eg == 65534);
	return 0;
}

static void
a_worker_of_nogroup_starts_with_two_gids_too(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
#ifdef __SANITIZE_ADDRESS__
	skip();
#endif
	assert_int_equal(in_child(worker_of_nogroup), 0);
}

static int
worker_refusals(void)
{
	HOLDS(strcmp(confine_worker(0, UID), "user") == 0);
	HOLDS(strcmp(confine_worker(UID, 0), "user") == 0);
	if (geteuid() != 0)
		HOLDS(confine_worker(UID, UID) != NULL);
	return 0;
}

static void
refuses_a_worker_that_is_root_or_cannot_change(void **state)
{
	(void)state;
	assert_int_equal(in_child(worker_refusals), 0);
}

static int
monitor(void)
{
	uid_t r, e, s;
	char cwd[PATH_MAX];

	/* as sudo or su starts it: the user's real uid, groups, limits, environment, folder */
	HOLDS(setgroups(1, (const gid_t[]){ UID }) == 0);
	HOLDS(setresgid(UID, 0, 0) == 0 && setresuid(UID, 0, 0) == 0);
	HOLDS(setenv("LD_PRELOAD_X", "x", 1) == 0 && chdir("/tmp") == 0);
	HOLDS(setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 20, hard(RLIMIT_NOFILE) }) == 0);
	HOLDS(setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 0, hard(RLIMIT_FSIZE) }) == 0);
	HOLDS(confine_monitor());
	HOLDS(getresuid(&r, &e, &s) == 0 && r == 0 && e == 0 && s == 0);
	HOLDS(getgid() == 0 && getegid() == 0 && getgroups(0, NULL) == 0);
	HOLDS(getsid(0) == getpid());
	HOLDS(umask(0) == 077);
	HOLDS(prctl(PR_GET_DUMPABLE) == 0);
	HOLDS(hard(RLIMIT_NOFILE) == 64 && hard(RLIMIT_FSIZE) == RLIM_INFINITY);
	HOLDS(hard(RLIMIT_CORE) == 0);
	HOLDS(environ == NULL || environ[0] == NULL);
	HOLDS(getcwd(cwd, sizeof(cwd)) != NULL && strcmp(cwd, "/") == 0);
	return 0;
}

static int
monitor_unprivileged(void)
{
	if (geteuid() == 0)
		HOLDS(setresgid(UID, UID, UID) == 0 && setresuid(UID, UID, UID) == 0);
	HOLDS(!confine_monitor());
	return 0;
}

static void
a_monitor_is_roots_alone_whoever_called(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(in_child(monitor), 0);
}

static void
refuses_a_monitor_without_root(void **state)
{
	(void)state;
	assert_int_equal(in_child(monitor_unprivileged), 0);
}

static bool
drop(void)
{
	return geteuid() != 0 ||
	    (setgroups(0, NULL) == 0 && setresgid(65534, UID, UID) == 0 &&
	        setresuid(UID, UID, UID) == 0);
}

static int
started(void)
{
	gid_t r, e, s;
	int sig = 0;

	HOLDS(drop());
	HOLDS(confine_worker_started());
	HOLDS(prctl(PR_GET_DUMPABLE) == 0);
	HOLDS(prctl(PR_GET_PDEATHSIG, &sig) == 0 && sig == SIGKILL);
	confine_worker_outlive();
	HOLDS(prctl(PR_GET_PDEATHSIG, &sig) == 0 && sig == 0);
	HOLDS(getresgid(&r, &e, &s) == 0 && r == e && s == e && r != 0);
	return 0;
}

static int
started_as_root(void)
{
	HOLDS(!confine_worker_started());
	return 0;
}

static int
started_with_roots_group(void)
{
	HOLDS(setresuid(UID, UID, UID) == 0);
	HOLDS(getegid() == 0 && !confine_worker_started());
	return 0;
}

static int
started_traced(void)
{
	HOLDS(drop());
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
		return 0;
	HOLDS(!confine_worker_started());
	return 0;
}

static void
a_worker_closes_its_memory_first_and_dies_with_its_monitor(void **state)
{
	(void)state;
	assert_int_equal(in_child(started), 0);
}

static void
refuses_to_work_as_root(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(in_child(started_as_root), 0);
	assert_int_equal(in_child(started_with_roots_group), 0);
}

static void
refuses_to_work_while_somebody_traces(void **state)
{
	(void)state;
	assert_int_equal(in_child(started_traced), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_worker_has_nothing_and_gets_nothing_back),
		cmocka_unit_test(a_worker_of_nogroup_starts_with_two_gids_too),
		cmocka_unit_test(refuses_a_worker_that_is_root_or_cannot_change),
		cmocka_unit_test(a_monitor_is_roots_alone_whoever_called),
		cmocka_unit_test(refuses_a_monitor_without_root),
		cmocka_unit_test(a_worker_closes_its_memory_first_and_dies_with_its_monitor),
		cmocka_unit_test(refuses_to_work_as_root),
		cmocka_unit_test(refuses_to_work_while_somebody_traces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
