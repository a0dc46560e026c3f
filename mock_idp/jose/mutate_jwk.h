/*
 * Mutators of a key as the key set shows it.
 *
 *   coord.short       x without its first octet
 *   coord.long        x with a zero octet before it
 *   coord.off         y with its last bit flipped: a point that is not on the curve
 *   coord.zero        x and y are 0
 *   coord.swap        x for y and y for x
 *   coord.big         x is the field's prime (0 modulo it), y the one of 0 where there is one
 *   n.lead            n with a zero octet before it
 *   n.even            n without its last bit
 *   n.pad, e.pad      '=' behind n or e, as b64.pad of a token
 *   b64.pad           '=' behind every number
 *   private           with its private numbers
 */
#ifndef MOCK_IDP_JOSE_MUTATE_JWK_H
#define MOCK_IDP_JOSE_MUTATE_JWK_H

#include "mock_idp/jose/keys.h"
#include "mock_idp/jose/mutate.h"

/* What the mutator takes (mutate.h); NULL: none of that name. */
const char *mutate_jwk_args(const char *name);

/* On jwk, which began as the public one of key. E_FORMAT: it does not fit a key of that type; the
 * text begins with ": ". E_NOMEM. */
enum errcode mutate_jwk_apply(const struct mutate *m, const struct key *key, json_t *jwk,
    struct err *e) __attribute__((warn_unused_result));

#endif
