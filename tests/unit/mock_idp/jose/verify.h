/* Signatures judged by OpenSSL alone, for the tests of what makes them. */
#ifndef TESTS_UNIT_MOCK_IDP_JOSE_VERIFY_H
#define TESTS_UNIT_MOCK_IDP_JOSE_VERIFY_H

#include <stdbool.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "common/b64url.h"
#include "mock_idp/jose/alg.h"

/* R and S side by side (RFC 7518 section 3.4) as the DER that EVP takes; 0: not two halves. */
static inline size_t
verify_der(uint8_t der[256], const uint8_t *raw, size_t n)
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	int half = (int)n / 2, len = 0;

	if (n % 2 == 0 &&
	    ECDSA_SIG_set0(sig, BN_bin2bn(raw, half, NULL), BN_bin2bn(raw + half, half, NULL)) == 1)
		len = i2d_ECDSA_SIG(sig, &der);
	ECDSA_SIG_free(sig);
	return len > 0 ? (size_t)len : 0;
}

/* salt: octets of a PSS salt, exactly; mgf1: NULL for the algorithm's hash. */
static inline bool
verify_pss(EVP_PKEY *key, const struct alg *alg, int salt, const char *mgf1, const void *msg,
    size_t len, const uint8_t *sig, size_t n)
{
	const EVP_MD *md = EVP_get_digestbyname(alg->digest);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *pctx;
	bool ok = EVP_DigestVerifyInit(ctx, &pctx, md, NULL, key) == 1 &&
	    EVP_PKEY_CTX_set_rsa_padding(pctx, RSA_PKCS1_PSS_PADDING) == 1 &&
	    EVP_PKEY_CTX_set_rsa_pss_saltlen(pctx, salt) == 1 &&
	    EVP_PKEY_CTX_set_rsa_mgf1_md(pctx, mgf1 == NULL ? md : EVP_get_digestbyname(mgf1)) ==
	        1 &&
	    EVP_DigestVerify(ctx, sig, n, msg, len) == 1;

	EVP_MD_CTX_free(ctx);
	return ok;
}

static inline bool
verify_octets(
    EVP_PKEY *key, const struct alg *alg, const void *msg, size_t len, const uint8_t *sig, size_t n)
{
	const EVP_MD *md = alg->kind == ALG_ED ? NULL : EVP_get_digestbyname(alg->digest);
	EVP_MD_CTX *ctx;
	uint8_t der[256];
	bool ok;

	if (alg->kind == ALG_PSS)
		return verify_pss(key, alg, (int)alg->hash, NULL, msg, len, sig, n);
	if (alg->kind == ALG_ECDSA) {
		if (n != 2 * alg->coord || (n = verify_der(der, sig, n)) == 0)
			return false;
		sig = der;
	}
	ctx = EVP_MD_CTX_new();
	ok = EVP_DigestVerifyInit(ctx, NULL, md, NULL, key) == 1 &&
	    EVP_DigestVerify(ctx, sig, n, msg, len) == 1;
	EVP_MD_CTX_free(ctx);
	return ok;
}

/* A compact token whose segments are base64url. */
static inline bool
verify_token(EVP_PKEY *key, const struct alg *alg, const char *token)
{
	const char *dot = strrchr(token, '.');
	uint8_t sig[4096];
	size_t n = 0;

	return dot != NULL && b64url_decode(sig, sizeof(sig), &n, dot + 1, strlen(dot + 1)) &&
	    verify_octets(key, alg, token, (size_t)(dot - token), sig, n);
}

#endif
