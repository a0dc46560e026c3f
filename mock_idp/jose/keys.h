/*
 * The provider's keys by name, in memory alone. Each is made when it is first asked for; with a
 * seed, always the same one.
 *
 *   rs256 rs384 rs512 ps256 ps384 ps512 es256 es384 es512 ed25519   one for each algorithm
 *   old-rs256 ... old-ed25519   what stood there before the last rotation
 *   other-rs256 other-es256     an attacker's
 *   enc                         RSA, "use": "enc"
 *   p224 secp256k1 bp256 ed448  on curves that no algorithm here is for
 *   rsa512 ... rsa-roca         unfit.h
 */
#ifndef MOCK_IDP_JOSE_KEYS_H
#define MOCK_IDP_JOSE_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>
#include <openssl/evp.h>

#include "common/err.h"
#include "mock_idp/jose/alg.h"
#include "mock_idp/jose/primes.h"

#define KEYS_ROWS 25 /* names, without the old ones */

struct key {
	const char *name;      /* static */
	const struct alg *alg; /* what it signs with when nothing else is said */
	char kid[24];          /* "3f9a1c-rs256" */
	EVP_PKEY *pkey;        /* NULL where OpenSSL would not make it: unfit.h */
	json_t *jwk;           /* public, as the JWKS shows it */
	json_t *priv;          /* the same with its private members */
	bool seeded;           /* signs the same bytes the same way */
};

/* Opaque but for its place in struct world. */
struct keys {
	bool seeded;
	uint64_t seed;
	uint8_t order[PRIMES]; /* of the primes that RSA keys take */
	unsigned rotations;
	bool published[ALG_PUBLIC];
	struct key *now[KEYS_ROWS], *old[KEYS_ROWS];
};

/* Fresh ones, or those of the seed; published are RS256's and ES256's. E_KEYS. */
enum errcode keys_make(struct keys *keys, const uint64_t *seed, struct err *e)
    __attribute__((warn_unused_result));
void keys_clear(struct keys *keys);

/* Is that a key's name? */
bool keys_name(const char *name);

/* The key of that name; NULL: no such name, or it cannot be made. Until keys_clear; until the last
 * rotation but one for those that rotate. */
const struct key *keys_find(struct keys *keys, const char *name);

/* The key of an algorithm of public keys. */
const struct key *keys_of(struct keys *keys, enum alg_id alg);

/* From now on the key of that algorithm is in the JWKS too. */
void keys_publish(struct keys *keys, enum alg_id alg);

/* A new key and kid for every algorithm. */
void keys_rotate(struct keys *keys);

/* {"keys":[...]}, a new reference; NULL when it cannot be made. */
json_t *keys_jwks(struct keys *keys);

#endif
