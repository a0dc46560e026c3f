/* Keys as JSON: RFC 7517, RFC 7518 section 6, RFC 8037 section 2. Unfit ones too: no number is
 * judged here. */
#ifndef MOCK_IDP_JOSE_JWK_H
#define MOCK_IDP_JOSE_JWK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>
#include <openssl/bn.h>
#include <openssl/evp.h>

/* The members that RFC 7638 makes a thumbprint of, and no other: kty and the public numbers. A new
 * reference; NULL when it cannot. */
json_t *jwk_public(const EVP_PKEY *key);
/* The same with the private numbers. */
json_t *jwk_private(const EVP_PKEY *key);

/* A public RSA key of any numbers, or a private one unless d is NULL. */
json_t *jwk_rsa(const BIGNUM *n, const BIGNUM *e, const BIGNUM *d);

/* bn as base64url of exactly len octets, or of as many as it needs for 0; NULL: it has more. */
json_t *jwk_number(const BIGNUM *bn, size_t len);

/* RFC 7638, SHA-256, of a key with nothing but the members of jwk_public. */
bool jwk_thumbprint(const json_t *jwk, uint8_t md[32]);

#endif
