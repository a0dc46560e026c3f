/* Tokens to facts: the ID token verified, UserInfo fetched where it is needed. */
#ifndef HELPER_WORKER_IDENTIFY_H
#define HELPER_WORKER_IDENTIFY_H

#include "helper/identity.h"
#include "helper/oidc/token.h"
#include "helper/worker/rp.h"

/*
 * code: what was redeemed for the tokens (C-084), NULL in the device flow. Verifies under the keys
 * of the cache or fresh ones, and fills *out, fresh (free). A key id that is not among the keys may
 * be a rotation (C-112): then once more. No other failure is tried again; under cached keys it
 * makes the next login fetch them. E_TOK, E_KEYS, E_CLM, E_PROTO, what discover_keys and
 * http_request fail with.
 */
enum errcode identify(const struct rp *p, const struct token *t, const char *code,
    struct identity **out, struct err *e) __attribute__((warn_unused_result));

#endif
