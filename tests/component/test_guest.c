/* The module is a guest: what the host lends it, and how the host finds itself afterwards. */
#include "config.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/component/host.h"
#include "tests/support/unit.h"

#define ALLOW "grant group=4242\nverdict allow\n"

/* One authenticate with a fresh handle. */
static int
auth_once(const char *script, const char *args)
{
	struct host h = { .answer = "" };
	int rc;

	host_begin(&h, script, args);
	rc = pam_authenticate(h.pamh, PAM_SILENT);
	host_end(&h);
	return rc;
}

/* su with ulimit -n: what a caller can cause must not open the way to passwords. */
static void
exhausted_descriptors_are_a_system_error(void **state)
{
	struct rlimit old, low;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	/* none for the pair, one, and both but none to follow them */
	for (rlim_t spare = 0; spare < 3; spare++) {
		struct host h = { .answer = "" };
		int rc, first;

		host_begin(&h, "verdict allow\n", "");
		first = open("/dev/null", O_RDONLY | O_CLOEXEC);
		(void)close(first);
		low =
		    (struct rlimit){ .rlim_cur = (rlim_t)first + spare, .rlim_max = old.rlim_max };
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
		rc = pam_authenticate(h.pamh, 0);
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
		if (spare < 2)
			assert_int_equal(rc, PAM_SYSTEM_ERR);
		else
			assert_int_not_equal(rc, PAM_AUTHINFO_UNAVAIL);
		host_end(&h);
	}
}

static void
the_helper_gets_what_it_needs_and_nothing_else(void **state)
{
	static const char want[] = "arg latchkey-helper\narg -c\narg %s\narg -d\n"
	                           "env PATH=/usr/sbin:/usr/bin:/sbin:/bin\nenv LANG=C.UTF-8\n";
	struct host h = { .answer = "" };
	char script[256], head[512];
	const char *ignored;
	int leak = open("/dev/null", O_RDONLY);
	sigset_t set, before;

	(void)state;
	host_begin(&h, "", "debug");
	(void)snprintf(
	    script, sizeof(script), "report %s\nverdict allow\n", host_path(&h, "report"));
	host_script(&h, script);
	(void)snprintf(head, sizeof(head), want, host_path(&h, "script"));
	(void)signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGQUIT);
	assert_int_equal(sigprocmask(SIG_BLOCK, &set, &before), 0);
	assert_int_equal(setenv("HTTPS_PROXY", "http://192.0.2.1", 1), 0);
	assert_int_equal(pam_authenticate(h.pamh, 0), PAM_SUCCESS);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	(void)signal(SIGPIPE, SIG_DFL);
	(void)unsetenv("HTTPS_PROXY");
	assert_memory_equal(host_read(&h, "report"), head, strlen(head));
	assert_non_null(strstr(host_read(&h, "report"), "SigBlk:\t0000000000000000\n"));
	/* 32 and 33 are glibc's own */
	ignored = strstr(host_read(&h, "report"), "SigIgn:\t");
	assert_non_null(ignored);
	assert_int_equal(strtoull(ignored + 8, NULL, 16) & ~0x180000000ULL, 0);
	/* 3 is the script that it reads itself */
	assert_non_null(strstr(host_read(&h, "report"), "\nfds 0 1 2 3\n"));
	(void)close(leak);
	host_end(&h);
}

/* What a host could miss after a call, as text. */
static void
picture(char *out, size_t size)
{
	char cwd[256] = "", line[256];
	FILE *f = fopen("/proc/self/status", "re");
	mode_t mask = umask(0);
	size_t at;

	(void)umask(mask);
	if (f == NULL || getcwd(cwd, sizeof(cwd)) == NULL)
		abort();
	at = (size_t)snprintf(out, size, "umask %o cwd %s fds", mask, cwd);
	for (int fd = 0; fd < 256; fd++)
		if (fd != fileno(f) && fcntl(fd, F_GETFD) >= 0)
			at += (size_t)snprintf(out + at, size - at, " %d", fd);
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "SigQ", 4) != 0 &&
		    (strncmp(line, "Sig", 3) == 0 || strncmp(line, "ShdPnd", 6) == 0))
			at += (size_t)snprintf(out + at, size - at, " %s", line);
	(void)fclose(f);
	for (char **v = environ; *v != NULL && at < size; v++)
		at += (size_t)snprintf(out + at, size - at, "%s\n", *v);
}

static void
assert_guest_leaves_no_trace(int code, const char *script, const char *args)
{
	static char before[16384], after[16384];
	struct host h = { .answer = "" };
	struct sigaction a = { 0 }, b = { 0 };

	host_begin(&h, script, args);
	assert_int_equal(sigaction(SIGCHLD, NULL, &a), 0);
	picture(before, sizeof(before));
	assert_int_equal(pam_authenticate(h.pamh, 0), code);
	picture(after, sizeof(after));
	assert_int_equal(sigaction(SIGCHLD, NULL, &b), 0);
	assert_string_equal(before, after);
	assert_true(a.sa_handler == b.sa_handler);
	assert_int_equal(a.sa_flags, b.sa_flags);
	host_end(&h);
}

static volatile sig_atomic_t caught;

static void
on_child(int signo)
{
	(void)signo;
	caught = 1;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		continue;
}

static void
set_chld(void (*handler)(int), int flags)
{
	struct sigaction a = { .sa_handler = handler, .sa_flags = flags };

	sigemptyset(&a.sa_mask);
	assert_int_equal(sigaction(SIGCHLD, &a, NULL), 0);
}

static void
the_host_finds_itself_as_it_was(void **state)
{
	(void)state;
	assert_guest_leaves_no_trace(PAM_SUCCESS, ALLOW, "");
	assert_guest_leaves_no_trace(PAM_SYSTEM_ERR, "close\n", "");
	assert_guest_leaves_no_trace(PAM_SYSTEM_ERR, "garbage ff\n", "");
	assert_guest_leaves_no_trace(PAM_AUTHINFO_UNAVAIL, "", "helper=/nonexistent");
}

static void
whatever_the_host_does_with_its_children_the_login_goes_on(void **state)
{
	(void)state;
	set_chld(SIG_IGN, 0);
	assert_guest_leaves_no_trace(PAM_SUCCESS, ALLOW, "");
	set_chld(SIG_DFL, SA_NOCLDWAIT);
	assert_guest_leaves_no_trace(PAM_SUCCESS, ALLOW, "");
	caught = 0;
	set_chld(on_child, SA_RESTART);
	assert_guest_leaves_no_trace(PAM_SUCCESS, ALLOW, "");
	assert_int_equal(caught, 0);
	set_chld(SIG_DFL, 0);
}

/* The host blocks SIGCHLD: our child's must not wait for it, its own child's must. */
static void
a_blocked_child_signal_stays_pending_only_if_it_was(void **state)
{
	sigset_t chld, before;
	int got;

	(void)state;
	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);
	set_chld(on_child, 0);
	assert_int_equal(sigprocmask(SIG_BLOCK, &chld, &before), 0);
	assert_guest_leaves_no_trace(PAM_SUCCESS, ALLOW, "");
	(void)kill(getpid(), SIGCHLD);
	assert_guest_leaves_no_trace(PAM_SUCCESS, ALLOW, "");
	assert_int_equal(sigwait(&chld, &got), 0);
	assert_int_equal(sigprocmask(SIG_SETMASK, &before, NULL), 0);
	set_chld(SIG_DFL, 0);
}

static void *
reap_all(void *stop)
{
	const struct timespec ms = { .tv_nsec = 200000 };

	while (!*(volatile bool *)stop) {
		(void)waitpid(-1, NULL, WNOHANG);
		(void)nanosleep(&ms, NULL);
	}
	return NULL;
}

static void
a_thread_that_reaps_our_child_changes_nothing(void **state)
{
	volatile bool stop = false;
	pthread_t thread;
	int rc;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, reap_all, (void *)(uintptr_t)&stop), 0);
	rc = auth_once(ALLOW, "");
	stop = true;
	(void)pthread_join(thread, NULL);
	assert_int_equal(rc, PAM_SUCCESS);
}

/* A daemon that closed 0, 1, 2: the pair must not be taken for them. */
static void
closed_standard_descriptors_are_no_trap(void **state)
{
	struct host h = { .answer = "" };
	int saved[3], rc;

	(void)state;
	host_begin(&h, "prompt x\nexpect answer\nverdict allow\n", "");
	for (int fd = 0; fd < 3; fd++) {
		saved[fd] = fcntl(fd, F_DUPFD_CLOEXEC, 10);
		(void)close(fd);
	}
	rc = pam_authenticate(h.pamh, 0);
	for (int fd = 0; fd < 3; fd++) {
		bool left = fcntl(fd, F_GETFD) >= 0;

		(void)dup2(saved[fd], fd);
		(void)close(saved[fd]);
		assert_false(left);
	}
	assert_int_equal(rc, PAM_SUCCESS);
	host_end(&h);
}

/* Where there is no helper to say it. */
static void
the_module_says_itself_why_it_cannot_go_on(void **state)
{
	static const struct {
		const char *script, *args, *seen;
	} table[] = {
		{ "verdict allow\n", "helper=/nonexistent",
		    "3 Sign-in is not set up correctly on this host; ask its administrator.\n" },
		{ "verdict allow\n", "no_such_argument",
		    "3 Sign-in is not set up correctly on this host; ask its administrator.\n" },
		{ "close\n", "", "3 This host cannot sign you in right now.\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct host h = { .answer = "" };

		host_begin(&h, table[i].script, table[i].args);
		(void)pam_authenticate(h.pamh, PAM_SILENT);
		assert_string_equal(h.seen, table[i].seen);
		host_end(&h);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exhausted_descriptors_are_a_system_error),
		cmocka_unit_test(the_helper_gets_what_it_needs_and_nothing_else),
		cmocka_unit_test(the_host_finds_itself_as_it_was),
		cmocka_unit_test(whatever_the_host_does_with_its_children_the_login_goes_on),
		cmocka_unit_test(a_blocked_child_signal_stays_pending_only_if_it_was),
		cmocka_unit_test(a_thread_that_reaps_our_child_changes_nothing),
		cmocka_unit_test(closed_standard_descriptors_are_no_trap),
		cmocka_unit_test(the_module_says_itself_why_it_cannot_go_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
