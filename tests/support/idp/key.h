/* A JSON Web Key, however unfit, and signatures under it, by OpenSSL. */
#ifndef TESTS_SUPPORT_IDP_KEY_H
#define TESTS_SUPPORT_IDP_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>
#include <openssl/evp.h>

struct key_signed {
	const char *input;
	size_t inputlen;
	const uint8_t *sig;
	size_t siglen;
};

/* RS, PS, ES 256 to 512, EdDSA. */
bool key_knows(const char *alg);

/*
 * RS is computed from n and e alone, so that keys which no library takes can be seen to have
 * signed: 512 bits, e = 1, even n. EC keys on any curve that OpenSSL has, Ed25519, Ed448.
 */
bool key_verifies(const json_t *jwk, const char *alg, const struct key_signed *s);

/* The public key, NULL when OpenSSL makes none of it. */
EVP_PKEY *key_of(const json_t *jwk);

#endif
