/* A folder of a test's own, and files in it with exactly the mode that it asks for. */
#ifndef TESTS_SUPPORT_SCRATCH_H
#define TESTS_SUPPORT_SCRATCH_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/unit.h"

struct scratch {
	char dir[64];
};

#define SCRATCH_PATH 512

static inline void
scratch_make(struct scratch *s)
{
	(void)snprintf(s->dir, sizeof(s->dir), "/tmp/latchkey-test.XXXXXX");
	assert_non_null(mkdtemp(s->dir));
}

static inline const char *
scratch_path(const struct scratch *s, char path[SCRATCH_PATH], const char *name)
{
	assert_true(snprintf(path, SCRATCH_PATH, "%s/%s", s->dir, name) < SCRATCH_PATH);
	return path;
}

static inline const char *
scratch_bytes(const struct scratch *s, char path[SCRATCH_PATH], const char *name, const void *p,
    size_t len, mode_t mode)
{
	int fd = open(scratch_path(s, path, name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, len), (ssize_t)len);
	assert_int_equal(fchmod(fd, mode), 0);
	assert_int_equal(close(fd), 0);
	return path;
}

static inline const char *
scratch_write(const struct scratch *s, char path[SCRATCH_PATH], const char *name, const char *text,
    mode_t mode)
{
	return scratch_bytes(s, path, name, text, strlen(text), mode);
}

static inline int
scratch_unlink(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline void
scratch_remove(struct scratch *s)
{
	(void)nftw(s->dir, scratch_unlink, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
