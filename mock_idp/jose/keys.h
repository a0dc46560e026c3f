/* The issuer's signing keys: one RSA for RS256, one P-256 for ES256. In memory alone. */
#ifndef MOCK_IDP_JOSE_KEYS_H
#define MOCK_IDP_JOSE_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>
#include <openssl/evp.h>

#include "common/err.h"

enum keys_alg { KEYS_RS256, KEYS_ES256, KEYS_ALGS };

struct key {
	enum keys_alg alg;
	const char *alg_name;
	char kid[16]; /* "3f9a1c-rs256" */
	EVP_PKEY *pkey;
	char *pem; /* private, PKCS #8 */
	size_t pemlen;
	json_t *jwk; /* public, as the JWKS shows it */
	bool seeded; /* signs the same bytes the same way */
};

struct keys {
	struct key k[KEYS_ALGS];
};

/* Fresh ones, or those of the seed. */
enum errcode keys_make(struct keys *keys, const uint64_t *seed, struct err *e)
    __attribute__((warn_unused_result));
void keys_clear(struct keys *keys);

/* {"keys":[...]}, a new reference; NULL when out of memory. */
json_t *keys_jwks(const struct keys *keys);

#endif
