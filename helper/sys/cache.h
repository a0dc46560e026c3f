/* What one login leaves to the next: the provider's documents, as bytes that root keeps and never
 * reads. Design section 8. */
#ifndef HELPER_SYS_CACHE_H
#define HELPER_SYS_CACHE_H

#include <stdbool.h>

#include "common/err.h"
#include "helper/ipc.h"

#define CACHE_STALE_S (2 * 86400) /* older than this it is not even better than nothing */

/*
 * The document of that kind and issuer, into a fresh d->body (free). False where there is none that
 * may be used: another issuer's (C-018), another format, too old, fetched in the future (a clock
 * that went back must not keep keys for ever, C-019), not root's own file, or somebody else's link
 * (H-54). None of that is an error: it is fetched anew. now: wall clock.
 */
bool cache_load(
    struct ipc_document *d, const char *dir, enum ipc_kind kind, const char *issuer, int64_t now);

/* Replaces it; an empty document removes it. A failure costs the next login a request. */
enum errcode cache_store(const char *dir, const char *issuer, const struct ipc_document *d,
    struct err *e) __attribute__((warn_unused_result));

#endif
