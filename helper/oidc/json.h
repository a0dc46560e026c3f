/* JSON from outside, strictly: one object, exact length, no duplicate names, bounded size and
 * depth. RFC 8259. Pure. */
#ifndef HELPER_OIDC_JSON_H
#define HELPER_OIDC_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "common/err.h"
#include "common/strlist.h"

#define JSON_DEPTH_MAX 16 /* H-16 */

enum json_found { JSON_ABSENT, JSON_GOOD, JSON_BAD, JSON_NOMEM };

/*
 * For the start of a process that trusts what it reads: what jansson frees is wiped, its hash seed
 * comes from the kernel without a file, and json_read notices where it lacked memory. Memory stays
 * fit for free(3).
 */
void json_harden(void);

/*
 * Reads one object of at most max bytes; json_decref. Failures have the class code, and the reason
 * family + ".size", ".depth", ".dup" or ".json" (E_NOMEM without one). They say where, never what:
 * the text may hold tokens.
 */
enum errcode json_read(json_t **out, const void *p, size_t len, size_t max, enum errcode code,
    const char *family, struct err *e) __attribute__((warn_unused_result));

/* Typed access to one member (json_object_get); NULL and JSON null are absent. */

/* At most max bytes; borrowed, holds no NUL. */
enum json_found json_as_str(const json_t *v, size_t max, const char **out);
/* Finite, >= 0, < 2^53. A fraction is cut off, with whole it is bad (but 60.0 is 60). */
enum json_found json_as_num(const json_t *v, bool whole, int64_t *out);
/* An array of nothing but strings: at most max of them, of at most bytes in all. out is empty
 * unless this is JSON_GOOD; this alone knows JSON_NOMEM. */
enum json_found json_as_strings(const json_t *v, size_t max, size_t bytes, struct strlist *out);

/* Whether a Content-Type is this media type: case and parameters do not count. NULL is none. */
bool json_media_is(const char *content_type, const char *want);

#endif
