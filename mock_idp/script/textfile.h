/* Files that a script is, or that it names: read whole, with a maximum. */
#ifndef MOCK_IDP_SCRIPT_TEXTFILE_H
#define MOCK_IDP_SCRIPT_TEXTFILE_H

#include "common/buf.h"
#include "mock_idp/script/where.h"

#define TEXTFILE_MAX ((size_t)16 * 1024 * 1024)

/* A regular file; path is relative to dir unless it is absolute, dir "" is here. *out is fresh
 * (buf_free). E_CFG: at, and what the system says. */
enum errcode textfile_read(struct buf **out, const char *dir, const char *path,
    const struct where *at, struct err *e) __attribute__((warn_unused_result));

#endif
