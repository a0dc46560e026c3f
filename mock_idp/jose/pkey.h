/* Keys out of their numbers, as OpenSSL holds them. */
#ifndef MOCK_IDP_JOSE_PKEY_H
#define MOCK_IDP_JOSE_PKEY_H

#include <openssl/evp.h>
#include <openssl/param_build.h>

/* The key of a type ("RSA", "EC") with the numbers in bld, which stays the caller's. selection:
 * EVP_PKEY_PUBLIC_KEY or EVP_PKEY_KEYPAIR. NULL: there is no such key. EVP_PKEY_free. */
EVP_PKEY *pkey_make(const char *type, OSSL_PARAM_BLD *bld, int selection);

#endif
