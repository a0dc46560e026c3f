/* One JSON Web Key, made into a public key after our own checks. RFC 7517, RFC 7518 section 6.
 * Pure.
 */
#ifndef HELPER_OIDC_JWK_H
#define HELPER_OIDC_JWK_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>
#include <openssl/evp.h>

#include "common/err.h"
#include "helper/oidc/alg.h"
#include "helper/oidc/jwthead.h"

#define JWK_RSA_MIN 2048 /* bits; C-119 */
#define JWK_RSA_MAX 8192

struct jwk {
	char kid[JWTHEAD_KID_MAX + 1]; /* "" when there is none */
	char kty[16], crv[16], alg[16];
	bool for_signatures; /* use is absent or sig */
	bool for_verifying;  /* key_ops is absent or holds verify */
	EVP_PKEY *pkey;      /* NULL where the key is of no use to us; why says it */
	struct err why;
};

/*
 * Fills *out (jwk_clear). A key that we do not know, or do not trust, has no pkey and is no
 * failure: the set may hold better ones (C-115). Failures are the whole set's: a symmetric key or
 * private members (C-118), E_KEYS; E_NOMEM.
 */
enum errcode jwk_parse(struct jwk *out, const json_t *o, struct err *e)
    __attribute__((warn_unused_result));
void jwk_clear(struct jwk *k);

/* Why this key cannot serve that algorithm (a reason id), or NULL when it can. RFC 7517
 * sections 4.1 to 4.4; C-114. */
const char *jwk_unfit(const struct jwk *k, const struct alg *a);

#endif
