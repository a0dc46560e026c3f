/* The key set that the provider shows: its own, or what a script wants in it. RFC 7517. */
#ifndef MOCK_IDP_JOSE_JWKSET_H
#define MOCK_IDP_JOSE_JWKSET_H

#include <jansson.h>

#include "common/err.h"
#include "mock_idp/jose/keys.h"

#define JWKSET_MANY_MAX 100000 /* of {"many": N} */

/*
 * The `jwks` object of a script: {"keys": [entry ...]} replaces the set, {"jwk": entry} makes the
 * document that one key. An entry is
 *
 *   a name (keys.h)
 *   a JWK, as it is (an object with "kty")
 *   {"of": name, "kid": text | "kid_of": name, "set": {...}, "drop": [name ...], "mutate": [name
 * ...]}
 *   {"many": N, "kty": "RSA" | "EC"}  N keys that nobody has
 *   {"raw": any value}                no key at all
 *
 * mutate: coord.short coord.long coord.off coord.zero coord.swap coord.big n.lead n.even n.pad
 * e.pad b64.pad private.
 *
 * E_CFG as mint_check says it: ".keys[2].mutate[0]: unknown mutator n.evn".
 */
enum errcode jwkset_check(const json_t *spec, struct err *e) __attribute__((warn_unused_result));

/* The document, a new reference; spec NULL: keys_jwks. NULL when it cannot be made: e says why. */
json_t *jwkset_make(struct keys *keys, const json_t *spec, struct err *e)
    __attribute__((warn_unused_result));

#endif
