/* Files that decide who becomes root: opened only when their owner is trusted and nobody else can
 * write them. */
#ifndef COMMON_SAFEFILE_H
#define COMMON_SAFEFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "common/buf.h"
#include "common/err.h"

enum safefile_kind {
	SAFEFILE_PUBLIC, /* others may read, only the owner may write */
	SAFEFILE_SECRET, /* nobody but the owner may do anything */
};

/*
 * Reads a regular file of at most max bytes into a fresh *out (buf_free). It must belong to root or
 * to owner (root's processes pass 0; a test passes its own uid). A symbolic link is followed and
 * its target is judged. open(2) with O_NONBLOCK, so that a FIFO cannot hang it. A missing file is
 * E_CLOSED, anything else E_CFG, E_SYS, E_NOMEM; reasons cfg.file.missing, cfg.file.owner,
 * cfg.file.mode, cfg.file.type, cfg.file.size, cfg.file.read.
 */
enum errcode safefile_read(const char *path, enum safefile_kind kind, uid_t owner, size_t max,
    struct buf **out, struct err *e) __attribute__((warn_unused_result));

#endif
