/* The signature of one compact token under one key and one given algorithm. */
#include "config.h"

#include <string.h>

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "common/b64url.h"
#include "helper/oidc/check.h"
#include "helper/oidc/jws.h"

#define SIG_MAX (JWK_RSA_MAX / 8)

struct signature {
	uint8_t raw[SIG_MAX];
	size_t len;
};

static enum errcode
decode(struct signature *s, const struct jwthead *t, size_t want, const char *reason, struct err *e)
{
	if (!b64url_decode(s->raw, sizeof(s->raw), &s->len, t->sig, t->sig_len) ||
	    (CHECK(C_121, C_124, C_125) && s->len != want))
		return err_set(e, E_TOK, reason, "the signature is not %zu octets long", want);
	return E_OK;
}

/* R || S of the curve's length, to the DER that OpenSSL takes. RFC 7518 section 3.4. */
static unsigned char *
to_der(const struct signature *s, size_t coord, int *len)
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(s->raw, (int)coord, NULL);
	BIGNUM *v = BN_bin2bn(s->raw + coord, (int)coord, NULL);
	unsigned char *der = NULL;

	if (sig == NULL || r == NULL || v == NULL || ECDSA_SIG_set0(sig, r, v) != 1) {
		BN_free(r);
		BN_free(v);
	} else if ((*len = i2d_ECDSA_SIG(sig, &der)) <= 0) {
		der = NULL;
	}
	ECDSA_SIG_free(sig);
	return der;
}

/* Everything that is not exactly 1 is a refusal. */
static bool
is_valid(
    const struct jwthead *t, const struct alg *a, EVP_PKEY *pkey, const uint8_t *sig, size_t len)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *pctx = NULL;
	bool ok = false;

	if (ctx == NULL ||
	    EVP_DigestVerifyInit_ex(ctx, &pctx, a->digest, NULL, NULL, pkey, NULL) != 1)
		goto out;
	if (a->pss &&
	    (EVP_PKEY_CTX_set_rsa_padding(pctx, RSA_PKCS1_PSS_PADDING) != 1 ||
	        (CHECK(C_123) &&
	            EVP_PKEY_CTX_set_rsa_pss_saltlen(pctx, RSA_PSS_SALTLEN_DIGEST) != 1) ||
	        EVP_PKEY_CTX_set_rsa_mgf1_md_name(pctx, a->digest, NULL) != 1))
		goto out;
	ok = EVP_DigestVerify(ctx, sig, len, (const unsigned char *)t->input, t->input_len) == 1;
out:
	EVP_MD_CTX_free(ctx);
	return ok;
}

static enum errcode
verify_rsa(const struct jwthead *t, const struct alg *a, EVP_PKEY *pkey, struct err *e)
{
	struct signature s;
	enum errcode r;

	/* C-124: a shorter one with its zeros stripped would be a second spelling */
	if ((r = decode(&s, t, (size_t)EVP_PKEY_get_size(pkey), "idt.rs.size", e)) != E_OK)
		return r;
	if (CHECK(C_073) && !is_valid(t, a, pkey, s.raw, s.len))
		return err_set(e, E_TOK, "idt.sig", "the signature does not verify (%s)", a->name);
	return E_OK;
}

static enum errcode
verify_ecdsa(const struct jwthead *t, const struct alg *a, EVP_PKEY *pkey, struct err *e)
{
	unsigned char *der;
	struct signature s;
	int len = 0;
	enum errcode r;
	bool ok;

	if ((r = decode(&s, t, 2 * a->coord, "idt.es.size", e)) != E_OK)
		return r;
	if ((der = to_der(&s, a->coord, &len)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	ok = is_valid(t, a, pkey, der, (size_t)len);
	OPENSSL_free(der);
	if (CHECK(C_073, C_122) && !ok)
		return err_set(e, E_TOK, "idt.sig", "the signature does not verify (%s)", a->name);
	return E_OK;
}

/* RFC 8037 section 3.1: R || S as it is, one spelling of S below the order (RFC 8032 section 5.1.7,
 * which OpenSSL holds). */
static enum errcode
verify_eddsa(const struct jwthead *t, const struct alg *a, EVP_PKEY *pkey, struct err *e)
{
	struct signature s;
	enum errcode r;

	if ((r = decode(&s, t, 2 * a->coord, "idt.ed.size", e)) != E_OK)
		return r;
	if (CHECK(C_073) && !is_valid(t, a, pkey, s.raw, s.len))
		return err_set(e, E_TOK, "idt.sig", "the signature does not verify (%s)", a->name);
	return E_OK;
}

static const struct {
	const char *kty;
	enum errcode (*verify)(
	    const struct jwthead *, const struct alg *, EVP_PKEY *, struct err *);
} kinds[] = {
	{ "RSA", verify_rsa },
	{ "EC", verify_ecdsa },
	{ "OKP", verify_eddsa },
};

enum errcode
jws_verify(const struct jwthead *t, const struct alg *a, const struct jwk *key, struct err *e)
{
	const char *unfit = jwk_unfit(key, a);
	enum errcode r =
	    E_TOK; /* stays, and refuses, for a row of alg's table without a kind here */

	if ((CHECK(C_126, C_127) && unfit != NULL) || key->pkey == NULL)
		return err_set(e, E_KEYS, unfit == NULL ? "jwks.unknown" : unfit,
		    "the key is not one for %s", a->name);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kty, a->kty) == 0)
			r = kinds[i].verify(t, a, key->pkey, e);
	ERR_clear_error();
	return r;
}
