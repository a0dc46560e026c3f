/* Typed access to a claim set, and the judgement of an ID token's claims. OpenID Connect
 * Core 3.1.3.7. Pure. */
#ifndef HELPER_OIDC_CLAIMS_H
#define HELPER_OIDC_CLAIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "common/strlist.h"

#define CLAIMS_GROUPS_MAX 1024          /* H-43 */
#define CLAIMS_GROUPS_BYTES (64 * 1024) /* H-43 */

struct claims; /* one parsed JSON object */

enum claims_found { CLAIMS_ABSENT, CLAIMS_OK, CLAIMS_BAD };

/* Strict: one object, no duplicate names, depth <= 16, UTF-8 (H-15 to H-20). E_TOK; free with
 * claims_free. */
enum errcode claims_parse(struct claims **out, const void *json, size_t len, struct err *e)
    __attribute__((warn_unused_result));
void claims_free(struct claims *c);

/*
 * By literal name first, then as a JSON pointer where the name begins with '/' (design section 7).
 * JSON null counts as absent. The string is borrowed; it holds no NUL and at most max bytes.
 */
enum claims_found claims_str(
    const struct claims *c, const char *name, size_t max, const char **out);
/* Whether it is not there, or null. */
bool claims_lack(const struct claims *c, const char *name);
/* A finite number >= 0 and < 2^53; a fraction is cut off (C-079). */
enum claims_found claims_num(const struct claims *c, const char *name, int64_t *out);
/* A list of strings only; anything else in it is CLAIMS_BAD, a plain string too (H-43), and so is a
 * lack of memory: it refuses. Limits as above. */
enum claims_found claims_strings(const struct claims *c, const char *name, struct strlist *out);
/*
 * The groups claim in one of the forms that providers give it: "array" is claims_strings;
 * "object_keys" the names of an object's members (Zitadel's roles); "objects:MEMBER" a list of
 * objects that each have that string member (Zitadel's groups). Another form than the expected one
 * is CLAIMS_BAD: nothing is guessed. Limits as above.
 */
enum claims_found claims_groups(
    const struct claims *c, const char *name, const char *format, struct strlist *out);

#endif
