/* A set of keys: parsed once, asked for exactly one key. RFC 7517; C-112 to C-120, C-130. */
#ifndef HELPER_OIDC_JWKS_H
#define HELPER_OIDC_JWKS_H

#include <stddef.h>

#include "common/err.h"

#define JWKS_MAX (256 * 1024) /* bytes */
#define JWKS_MAX_KEYS 64

struct jwks;
struct jwk;

/* Refuses the whole set for oct or private members (C-118); skips keys of unknown kind (C-115).
 * Class E_KEYS. */
enum errcode jwks_parse(struct jwks **out, const void *body, size_t len, struct err *e)
    __attribute__((warn_unused_result));
void jwks_free(struct jwks *s);

/*
 * The one key fit for alg and kid (kid may be NULL: then exactly one fit key may exist, C-113).
 * Unfit keys (kty, use, key_ops, alg, crv) are dropped first; two different keys left refuse
 * (C-117). E_KEYS; reason jws.kid.unknown when a refetch may help (C-112). Borrowed from s.
 */
enum errcode jwks_find(const struct jwk **out, const struct jwks *s, const char *alg,
    const char *kid, struct err *e) __attribute__((warn_unused_result));

#endif
