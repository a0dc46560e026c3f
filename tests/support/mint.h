/* Keys and compact tokens for tests, made with OpenSSL directly: nothing here checks anything. */
#ifndef TESTS_SUPPORT_MINT_H
#define TESTS_SUPPORT_MINT_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#define MINT_SIG_MAX 1032

/* Fresh keys; EVP_PKEY_free. All functions abort(3) when they cannot. */
EVP_PKEY *mint_rsa(unsigned bits);
EVP_PKEY *mint_ec(const char *group);
EVP_PKEY *mint_ed25519(void);

/* The public key as a JWK object with more members after it ("\"kid\":\"k\""), or none: free. EC
 * keys say the curve that crv names. */
char *mint_jwk(EVP_PKEY *k, const char *crv, const char *more);
/* {"keys":[a,b]}, b may be NULL: free. */
char *mint_jwks(const char *a, const char *b);

/* A JOSE signature over in: RSASSA-PKCS1-v1_5 (or PSS), R||S with the digest, or EdDSA (digest
 * NULL). Returns its length. */
size_t mint_signature(uint8_t sig[MINT_SIG_MAX], EVP_PKEY *k, const char *digest, int pss,
    const void *in, size_t len);

char *mint_b64(const void *p, size_t len);
/* header "." payload, both encoded: free. */
char *mint_input(const char *header, const char *payload);
/* input "." signature: free. */
char *mint_join(const char *input, const uint8_t *sig, size_t len);
/* The whole with SHA-256: free. */
char *mint_token(EVP_PKEY *k, const char *header, const char *payload);

#endif
