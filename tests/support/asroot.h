/* For tests that start a worker: root, a worker program of root's, and two accounts. */
#ifndef TESTS_SUPPORT_ASROOT_H
#define TESTS_SUPPORT_ASROOT_H

#include <sched.h>
#include <stdbool.h>
#include <sys/mount.h>

#include "tests/support/tmpdir.h"

#define ASROOT_UID 64990 /* the worker's */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ASROOT_POSSIBLE 0 /* a sanitizer's shadow does not fit the worker's RLIMIT_AS */
#else
#define ASROOT_POSSIBLE 1
#endif

/* Copies a file, so that it is this user's with this mode, and more text behind it. */
static inline void
asroot_copy(const char *from, const char *to, const char *more, mode_t mode)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	char chunk[8192];
	ssize_t n;

	assert_true(in >= 0 && out >= 0);
	while ((n = read(in, chunk, sizeof(chunk))) > 0)
		assert_int_equal(write(out, chunk, (size_t)n), n);
	assert_int_equal(write(out, more, strlen(more)), (ssize_t)strlen(more));
	assert_int_equal(fchmod(out, mode), 0);
	(void)close(in);
	(void)close(out);
}

static inline const char *
asroot_worker(const struct tmpdir *t, char path[TMPDIR_PATH])
{
	const char *top = getenv("top_builddir");
	char from[4096];

	(void)snprintf(from, sizeof(from), "%s/tests/support/fakeworker", top == NULL ? "." : top);
	asroot_copy(from, tmpdir_file(t, path, "worker"), "", 0755);
	return path;
}

/* Adds alice, deploy (a system account), toor (uid 0), rooty (of lk-root), latchkey, and the
 * groups lk-sudo and lk-root, in a mount namespace of our own; false: not here. */
static inline bool
asroot_accounts(const struct tmpdir *t)
{
	char passwd[TMPDIR_PATH], group[TMPDIR_PATH];

	if (geteuid() != 0 || unshare(CLONE_NEWNS) != 0 ||
	    mount(NULL, "/", "none", MS_REC | MS_PRIVATE, NULL) != 0)
		return false;
	asroot_copy("/etc/passwd", tmpdir_file(t, passwd, "passwd"),
	    "\nlatchkey:x:64990:64990::/nonexistent:/usr/sbin/nologin\n"
	    "alice:x:59991:59991::/nonexistent:/bin/sh\n"
	    "deploy:x:994:59994::/nonexistent:/bin/sh\n"
	    "toor:x:0:0::/nonexistent:/bin/sh\n"
	    "rooty:x:59995:64993::/nonexistent:/bin/sh\n",
	    0644);
	asroot_copy("/etc/group", tmpdir_file(t, group, "group"),
	    "\nlk-sudo:x:64992:\nlk-root:x:64993:\n", 0644);
	return mount(passwd, "/etc/passwd", "none", MS_BIND, NULL) == 0 &&
	    mount(group, "/etc/group", "none", MS_BIND, NULL) == 0;
}

#endif
