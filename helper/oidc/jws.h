/* The signature of one compact token under one key and one given algorithm. RFC 7515 section 5.2.
 * Pure. */
#ifndef HELPER_OIDC_JWS_H
#define HELPER_OIDC_JWS_H

#include "common/err.h"
#include "helper/oidc/jwk.h"
#include "helper/oidc/jwthead.h"

/* The algorithm is the caller's, never the token's. E_TOK idt.sig, idt.rs.size, idt.es.size; E_KEYS
 * when the key does not fit. No second attempt with anything else (C-127). */
enum errcode jws_verify(const struct jwthead *t, const struct alg *a, const struct jwk *key,
    struct err *e) __attribute__((warn_unused_result));

#endif
