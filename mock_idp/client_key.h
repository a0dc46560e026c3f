/* The key with which the built-in client of private_key_jwt signs: given away, so no secret. */
#ifndef MOCK_IDP_CLIENT_KEY_H
#define MOCK_IDP_CLIENT_KEY_H

#include <stdint.h>

#include <jansson.h>
#include <openssl/evp.h>

#include "common/err.h"

/* P-256, fresh or the seed's; NULL when it cannot. EVP_PKEY_free's to free. */
EVP_PKEY *client_key_make(const uint64_t *seed);

/* What the client registers: a public JWK for ES256; NULL when out of memory. */
json_t *client_key_jwk(const EVP_PKEY *key);

/* The private key as PEM (PKCS #8) into a file that is not there yet and that everybody may read:
 * who it is for may be another user. E_SYS. */
enum errcode client_key_write(const EVP_PKEY *key, const char *path, struct err *e)
    __attribute__((warn_unused_result));

#endif
