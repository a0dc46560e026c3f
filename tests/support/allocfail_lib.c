/* The n-th allocation fails: what libcurl and OpenSSL hand out to our objects. */
#include "config.h"

#include <curl/curl.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "tests/support/allocfail.h"

ALLOCFAIL_WRAP(CURL *, curl_easy_init, (void), ())
ALLOCFAIL_WRAP(CURLM *, curl_multi_init, (void), ())
ALLOCFAIL_WRAP(
    struct curl_slist *, curl_slist_append, (struct curl_slist * l, const char *s), (l, s))
ALLOCFAIL_WRAP(BIGNUM *, BN_bin2bn, (const unsigned char *s, int len, BIGNUM *to), (s, len, to))
ALLOCFAIL_WRAP(ECDSA_SIG *, ECDSA_SIG_new, (void), ())
ALLOCFAIL_WRAP(EVP_MD_CTX *, EVP_MD_CTX_new, (void), ())
ALLOCFAIL_WRAP(EVP_PKEY_CTX *, EVP_PKEY_CTX_new_from_name,
    (OSSL_LIB_CTX * lib, const char *name, const char *query), (lib, name, query))
ALLOCFAIL_WRAP(EVP_PKEY_CTX *, EVP_PKEY_CTX_new_from_pkey,
    (OSSL_LIB_CTX * lib, EVP_PKEY *key, const char *query), (lib, key, query))
ALLOCFAIL_WRAP(OSSL_PARAM_BLD *, OSSL_PARAM_BLD_new, (void), ())
ALLOCFAIL_WRAP(OSSL_PARAM *, OSSL_PARAM_BLD_to_param, (OSSL_PARAM_BLD * b), (b))
