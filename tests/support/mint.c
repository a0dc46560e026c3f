/* Keys and compact tokens for tests. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>

#include "common/b64url.h"
#include "tests/support/mint.h"

static void *
must(void *p)
{
	if (p == NULL)
		abort();
	return p;
}

static void
must_be(int ok)
{
	if (ok != 1)
		abort();
}

EVP_PKEY *
mint_rsa(unsigned bits)
{
	return must(EVP_RSA_gen(bits));
}

EVP_PKEY *
mint_ec(const char *group)
{
	return must(EVP_EC_gen(group));
}

EVP_PKEY *
mint_ed25519(void)
{
	return must(EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"));
}

char *
mint_b64(const void *p, size_t len)
{
	char *s = must(malloc(B64URL_ENCODED(len) + 1));

	b64url_encode(s, p, len);
	return s;
}

static char *
print(const char *fmt, const char *a, const char *b, const char *c, const char *d)
{
	size_t size = strlen(fmt) + strlen(a) + strlen(b) + strlen(c) + strlen(d) + 1;
	char *s = must(malloc(size)), *at = s;
	const char *arg[] = { a, b, c, d };
	size_t i = 0;

	for (; *fmt != '\0'; fmt++) {
		if (*fmt != '%') {
			*at++ = *fmt;
			continue;
		}
		memcpy(at, arg[i], strlen(arg[i]));
		at += strlen(arg[i++]);
	}
	*at = '\0';
	return s;
}

/* A number of the key in width octets, or as many as it has. */
static char *
number(EVP_PKEY *k, const char *name, int width)
{
	uint8_t raw[MINT_SIG_MAX];
	BIGNUM *n = NULL;
	int len;
	char *s;

	must_be(EVP_PKEY_get_bn_param(k, name, &n));
	len = width > 0 ? width : BN_num_bytes(n);
	must_be(BN_bn2binpad(n, raw, len) == len);
	BN_free(n);
	s = mint_b64(raw, (size_t)len);
	return s;
}

static char *
okp_jwk(EVP_PKEY *k, const char *crv, const char *more)
{
	uint8_t raw[64];
	size_t len = sizeof(raw);
	char *x, *s;

	must_be(EVP_PKEY_get_raw_public_key(k, raw, &len));
	x = mint_b64(raw, len);
	s = print("{\"kty\":\"OKP\",\"crv\":\"%\",\"x\":\"%\"%%}", crv, x, more == NULL ? "" : ",",
	    more == NULL ? "" : more);
	free(x);
	return s;
}

static char *
numbers_jwk(EVP_PKEY *k, const char *crv, const char *more)
{
	if (EVP_PKEY_get_base_id(k) == EVP_PKEY_ED25519)
		return okp_jwk(k, crv, more);

	int rsa = EVP_PKEY_get_base_id(k) == EVP_PKEY_RSA;
	int width = (EVP_PKEY_get_bits(k) + 7) / 8;
	char *a =
	    rsa ? number(k, OSSL_PKEY_PARAM_RSA_N, 0) : number(k, OSSL_PKEY_PARAM_EC_PUB_X, width);
	char *b =
	    rsa ? number(k, OSSL_PKEY_PARAM_RSA_E, 0) : number(k, OSSL_PKEY_PARAM_EC_PUB_Y, width);
	char *tail = print(more == NULL ? "" : ",%", more == NULL ? "" : more, "", "", "");
	char *s = rsa
	    ? print("{\"kty\":\"RSA\",\"n\":\"%\",\"e\":\"%\"%}", a, b, tail, "")
	    : print("{\"kty\":\"EC\",\"crv\":\"%\",\"x\":\"%\",\"y\":\"%\"%}", crv, a, b, tail);

	free(a);
	free(b);
	free(tail);
	return s;
}

char *
mint_jwk(EVP_PKEY *k, const char *crv, const char *more)
{
	return EVP_PKEY_get_base_id(k) == EVP_PKEY_ED25519 ? okp_jwk(k, crv, more)
	                                                   : numbers_jwk(k, crv, more);
}

char *
mint_jwks(const char *a, const char *b)
{
	return b == NULL ? print("{\"keys\":[%]}", a, "", "", "")
	                 : print("{\"keys\":[%,%]}", a, b, "", "");
}

static size_t
from_der(uint8_t *sig, EVP_PKEY *k, const uint8_t *der, size_t len)
{
	int width = (EVP_PKEY_get_bits(k) + 7) / 8;
	ECDSA_SIG *s = must(d2i_ECDSA_SIG(NULL, &der, (long)len));

	must_be(BN_bn2binpad(ECDSA_SIG_get0_r(s), sig, width) == width);
	must_be(BN_bn2binpad(ECDSA_SIG_get0_s(s), sig + width, width) == width);
	ECDSA_SIG_free(s);
	return 2 * (size_t)width;
}

size_t
mint_signature(
    uint8_t sig[MINT_SIG_MAX], EVP_PKEY *k, const char *digest, int pss, const void *in, size_t len)
{
	EVP_MD_CTX *ctx = must(EVP_MD_CTX_new());
	EVP_PKEY_CTX *pctx = NULL;
	uint8_t raw[MINT_SIG_MAX];
	size_t n = sizeof(raw);

	must_be(EVP_DigestSignInit_ex(ctx, &pctx, digest, NULL, NULL, k, NULL));
	if (pss)
		must_be(EVP_PKEY_CTX_set_rsa_padding(pctx, RSA_PKCS1_PSS_PADDING) == 1 &&
		    EVP_PKEY_CTX_set_rsa_pss_saltlen(pctx, RSA_PSS_SALTLEN_DIGEST) == 1);
	must_be(EVP_DigestSign(ctx, raw, &n, in, len));
	EVP_MD_CTX_free(ctx);
	if (EVP_PKEY_get_base_id(k) == EVP_PKEY_EC)
		return from_der(sig, k, raw, n);
	memcpy(sig, raw, n);
	return n;
}

char *
mint_input(const char *header, const char *payload)
{
	char *h = mint_b64(header, strlen(header)), *p = mint_b64(payload, strlen(payload));
	char *s = print("%.%", h, p, "", "");

	free(h);
	free(p);
	return s;
}

char *
mint_join(const char *input, const uint8_t *sig, size_t len)
{
	char *b = mint_b64(sig, len), *s = print("%.%", input, b, "", "");

	free(b);
	return s;
}

char *
mint_token(EVP_PKEY *k, const char *header, const char *payload)
{
	char *input = mint_input(header, payload), *s;
	uint8_t sig[MINT_SIG_MAX];

	s = mint_join(input, sig, mint_signature(sig, k, "SHA256", 0, input, strlen(input)));
	free(input);
	return s;
}
