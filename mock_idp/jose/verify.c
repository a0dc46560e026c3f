/* Is a client's signature what its header says? */
#include "config.h"

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include "mock_idp/jose/jwkpub.h"
#include "mock_idp/jose/verify.h"

bool
verify_hmac(const struct alg *a, const char *secret, const struct compact *c)
{
	uint8_t md[EVP_MAX_MD_SIZE];
	unsigned len = 0;

	return a->kind == ALG_HMAC &&
	    HMAC(EVP_get_digestbyname(a->digest), secret, (int)strlen(secret),
	        (const unsigned char *)c->text, c->covered, md, &len) != NULL &&
	    c->siglen == len && CRYPTO_memcmp(c->sig, md, len) == 0;
}

/* R and S of equal length (section 3.4) as DER, which OpenSSL wants; 0: they are none. */
static int
der_of(const struct alg *a, const struct compact *c, uint8_t **der)
{
	int n = (int)a->coord;
	ECDSA_SIG *sig;
	BIGNUM *r, *s;
	int len = 0;

	if (c->siglen != 2 * a->coord || (sig = ECDSA_SIG_new()) == NULL)
		return 0;
	r = BN_bin2bn(c->sig, n, NULL);
	s = BN_bin2bn(c->sig + n, n, NULL);
	if (r == NULL || s == NULL || ECDSA_SIG_set0(sig, r, s) != 1) {
		BN_free(r);
		BN_free(s);
	} else {
		len = i2d_ECDSA_SIG(sig, der);
	}
	ECDSA_SIG_free(sig);
	return len;
}

static bool
set_padding(const struct alg *a, EVP_PKEY_CTX *ctx)
{
	/* section 3.5: the salt is as long as the hash */
	return a->kind != ALG_PSS ||
	    (EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) == 1 &&
	        EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) == 1);
}

static bool
verify_key(const struct alg *a, EVP_PKEY *key, const struct compact *c)
{
	const EVP_MD *md = a->digest[0] == '\0' ? NULL : EVP_get_digestbyname(a->digest);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *pctx = NULL;
	uint8_t *der = NULL;
	const uint8_t *sig = c->sig;
	int len = (int)c->siglen;
	bool ok = false;

	if (a->kind == ALG_ECDSA) {
		len = der_of(a, c, &der);
		sig = der;
	}
	if (ctx != NULL && len > 0 && EVP_DigestVerifyInit(ctx, &pctx, md, NULL, key) == 1 &&
	    set_padding(a, pctx))
		ok = EVP_DigestVerify(
		         ctx, sig, (size_t)len, (const unsigned char *)c->text, c->covered) == 1;
	OPENSSL_free(der);
	EVP_MD_CTX_free(ctx);
	return ok;
}

/* An absent member says nothing against it, unless it has to be there. */
static bool
says(const json_t *jwk, const char *name, const char *wanted, bool required)
{
	const char *v = compact_string(jwk, name);

	return v == NULL ? !required : strcmp(v, wanted) == 0;
}

bool
verify_jwk(const struct alg *a, const json_t *jwk, const struct compact *c)
{
	EVP_PKEY *key;
	bool ok;

	if (a->kind == ALG_HMAC || a->kind == ALG_UNSIGNED || !says(jwk, "kty", a->kty, true) ||
	    !says(jwk, "alg", a->name, false) || !says(jwk, "use", "sig", false) ||
	    (a->crv[0] != '\0' && !says(jwk, "crv", a->crv, true)) ||
	    (key = jwkpub_read(jwk)) == NULL)
		return false;
	ok = verify_key(a, key, c);
	EVP_PKEY_free(key);
	return ok;
}
