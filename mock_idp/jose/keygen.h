/* Fresh keys, or the keys of a seed. RSA keys are put together from the primes of primes.h: they
 * are for tests alone. */
#ifndef MOCK_IDP_JOSE_KEYGEN_H
#define MOCK_IDP_JOSE_KEYGEN_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

/*
 * RSA of 2048 bits; P-256. seed NULL: fresh ones (of RSA, one of PRIMES * (PRIMES - 1) / 2).
 * Otherwise the same seed and use make the same key with every release of OpenSSL. NULL when it
 * cannot.
 */
EVP_PKEY *keygen_rsa(const uint64_t *seed, const char *use);
EVP_PKEY *keygen_ec(const uint64_t *seed, const char *use);

/* The same on another curve: "P-384", "P-521", "P-224", "secp256k1", "brainpoolP256r1". */
EVP_PKEY *keygen_curve(const uint64_t *seed, const char *use, const char *curve);
/* "ED25519", "ED448". */
EVP_PKEY *keygen_ed(const uint64_t *seed, const char *use, const char *type);

/* The RSA key of the table's primes i and j, with the exponent 65537. */
EVP_PKEY *keygen_rsa_pair(size_t i, size_t j);

#endif
