/* What a subcommand reads: a file or standard input, up to a maximum; hex digits; a list of
 * algorithms. */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <stddef.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/strlist.h"

/* The whole of path ("-": standard input) into a fresh buffer; E_SYS, E_LIMIT, E_NOMEM. */
enum errcode input_read(struct buf **out, const char *path, size_t max, struct err *e)
    __attribute__((warn_unused_result));

/* "00ff" to its bytes, into a fresh buffer; E_FORMAT for anything but pairs of hex digits. */
enum errcode input_hex(struct buf **out, const char *hex, struct err *e)
    __attribute__((warn_unused_result));

/* "RS256,ES256" to a list; E_FORMAT for a name that is not offered here. */
enum errcode input_algorithms(struct strlist *out, const char *names, struct err *e)
    __attribute__((warn_unused_result));

#endif
