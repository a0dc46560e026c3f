/* A public key that a client registered as a JWK. RFC 7517, RFC 7518 section 6, RFC 8037. */
#ifndef MOCK_IDP_JOSE_JWKPUB_H
#define MOCK_IDP_JOSE_JWKPUB_H

#include <jansson.h>
#include <openssl/evp.h>

/* RSA of 2048 to 8192 bits; EC on P-256, P-384, P-521; OKP Ed25519. Private members are not looked
 * at. NULL: it is none of these, or no key. EVP_PKEY_free's to free. */
EVP_PKEY *jwkpub_read(const json_t *jwk);

#endif
