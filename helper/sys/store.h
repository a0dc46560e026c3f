/* Small state files of root: bounded read, write by rename. */
#ifndef HELPER_SYS_STORE_H
#define HELPER_SYS_STORE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/buf.h"
#include "common/clock.h"
#include "common/err.h"

/*
 * Opens the directory, making it (and its last missing parent) with mode where it is not there; it
 * must be a directory that belongs to this process's user and that nobody else can write. The
 * descriptor is close-on-exec. E_SYS store.dir.
 */
enum errcode store_dir(int *fd, const char *path, mode_t mode, struct err *e)
    __attribute__((warn_unused_result));

/* flock(2) of an open file or directory, released with its descriptor; waits for at most wait_ms.
 * E_SYS store.lock. */
enum errcode store_lock(int fd, const struct clock *c, int64_t wait_ms, struct err *e)
    __attribute__((warn_unused_result));

/* The whole file, at most max bytes, into a fresh *out; a symbolic link is refused. E_CLOSED: there
 * is none. */
enum errcode store_read(int dir, const char *name, size_t max, struct buf **out, struct err *e)
    __attribute__((warn_unused_result));

/* Replaces the file in one step; mode 0600. It is on disk then; _fast: a crash of the machine may
 * lose it. */
enum errcode store_write(int dir, const char *name, const struct buf *b, struct err *e)
    __attribute__((warn_unused_result));
enum errcode store_write_fast(int dir, const char *name, const struct buf *b, struct err *e)
    __attribute__((warn_unused_result));

#endif
