/* ES256 whose nonce comes from key and message, not from a generator. RFC 6979. */
#ifndef MOCK_IDP_JOSE_ECDSA_H
#define MOCK_IDP_JOSE_ECDSA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#define ECDSA_SIZE 64

/* R and S side by side (RFC 7518 section 3.4) for a P-256 key. */
bool ecdsa_sign(const EVP_PKEY *key, const void *msg, size_t len, uint8_t sig[ECDSA_SIZE]);

#endif
