/* A folder of a test's own, two levels below /tmp, so that what is done to a parent stays inside.
 */
#ifndef TESTS_SUPPORT_TMPDIR_H
#define TESTS_SUPPORT_TMPDIR_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/unit.h"

#define TMPDIR_PATH 256

struct tmpdir {
	char top[64], path[80];
};

static inline void
tmpdir_make(struct tmpdir *t)
{
	(void)snprintf(t->top, sizeof(t->top), "/tmp/latchkey-unit.XXXXXX");
	assert_non_null(mkdtemp(t->top));
	(void)snprintf(t->path, sizeof(t->path), "%s/in", t->top);
	assert_int_equal(mkdir(t->path, 0755), 0);
}

/* The path of name in it, into out. */
static inline const char *
tmpdir_file(const struct tmpdir *t, char out[TMPDIR_PATH], const char *name)
{
	assert_true(snprintf(out, TMPDIR_PATH, "%s/%s", t->path, name) < TMPDIR_PATH);
	return out;
}

static inline const char *
tmpdir_write(
    const struct tmpdir *t, char out[TMPDIR_PATH], const char *name, const void *p, size_t len)
{
	int fd = open(tmpdir_file(t, out, name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, len), (ssize_t)len);
	assert_int_equal(close(fd), 0);
	return out;
}

static inline int
tmpdir_unlink(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline void
tmpdir_remove(struct tmpdir *t)
{
	(void)nftw(t->top, tmpdir_unlink, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
