/* Fresh keys, or the keys of a seed. */
#ifndef MOCK_IDP_JOSE_KEYGEN_H
#define MOCK_IDP_JOSE_KEYGEN_H

#include <stdint.h>

#include <openssl/evp.h>

/*
 * RSA of 2048 bits; P-256. seed NULL: fresh ones. Otherwise the same seed and use make the same key
 * with every release of OpenSSL. NULL when it cannot.
 */
EVP_PKEY *keygen_rsa(const uint64_t *seed, const char *use);
EVP_PKEY *keygen_ec(const uint64_t *seed, const char *use);

#endif
