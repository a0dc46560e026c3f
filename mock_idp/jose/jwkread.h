/* What stands in a key that is JSON (RFC 7517, RFC 7518 section 6, RFC 8037), unfit ones too: no
 * number is judged here. */
#ifndef MOCK_IDP_JOSE_JWKREAD_H
#define MOCK_IDP_JOSE_JWKREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>
#include <openssl/bn.h>
#include <openssl/evp.h>

#include "common/err.h"

#define JWKREAD_MAX 4096 /* octets of one number */

/* The octets of a member that is base64url; false: absent, no text, malformed, or too long. */
bool jwkread_octets(const json_t *jwk, const char *name, uint8_t out[JWKREAD_MAX], size_t *len);
/* The number; NULL under the same conditions. BN_free. */
BIGNUM *jwkread_number(const json_t *jwk, const char *name);

/* The public key that OpenSSL makes of it, if it does; NULL otherwise. */
EVP_PKEY *jwkread_pkey(const json_t *jwk);

/* E_CFG unless it is a key that signs: its kty is RSA (n, d), EC (crv, d), OKP (crv, d) or oct (k),
 * and these are there. The text begins with the place: ".d: ..." */
enum errcode jwkread_check(const json_t *jwk, struct err *e) __attribute__((warn_unused_result));

#endif
