/* A compact token from its text to its verified payload: one path, for every signed answer. RFC
 * 7515 section 5.2. Pure. */
#ifndef HELPER_OIDC_COMPACT_H
#define HELPER_OIDC_COMPACT_H

#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "common/strlist.h"
#include "helper/oidc/jwks.h"
#include "helper/oidc/jwthead.h"

struct compact {
	struct jwthead head; /* borrows from the token */
	uint8_t *payload;    /* owned */
	size_t len;
};

/*
 * Strict pre-parse, header, key, signature, and only then the payload's bytes: nothing unsigned is
 * decoded but the header. algorithms are the caller's (design section 9). Filled on success alone
 * (compact_clear). E_TOK, E_KEYS, E_NOMEM.
 */
enum errcode compact_open(struct compact *out, const char *token, const struct jwks *keys,
    const struct strlist *algorithms, struct err *e) __attribute__((warn_unused_result));
/* The same for a token that is no JWT: its payload may be anything, or empty. */
enum errcode compact_open_any(struct compact *out, const char *token, const struct jwks *keys,
    const struct strlist *algorithms, struct err *e) __attribute__((warn_unused_result));
void compact_clear(struct compact *c);

#endif
