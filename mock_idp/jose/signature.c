/* The signature alone. RFC 7518 section 3, RFC 8037 section 3.1. */
#include "config.h"

#include <string.h>

#include <openssl/hmac.h>

#include "mock_idp/jose/ecdsa.h"
#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/rsa.h"
#include "mock_idp/jose/signature.h"

struct work {
	const struct signature *how;
	const void *msg;
	size_t len;
	struct buf *sig;
};

static enum errcode
put(const struct work *w, const uint8_t *p, size_t n)
{
	return n == 0 ? E_FORMAT : buf_put(w->sig, p, n);
}

static enum errcode
by_rsa(const struct work *w)
{
	const struct signature *s = w->how;
	uint8_t out[RSA_SIGNATURE_MAX], salt[RSA_SIGNATURE_MAX];
	BIGNUM *n = jwkread_number(s->key, "n"), *d = jwkread_number(s->key, "d");
	struct rsa rsa = { .n = n,
		.d = d,
		.digest = s->alg->digest,
		.pss = s->alg->kind == ALG_PSS,
		.pad = s->pad,
		.mgf1 = s->mgf1 == NULL ? s->alg->digest : s->mgf1,
		.salt = salt,
		.saltlen = s->salt < 0 ? s->alg->hash : (size_t)s->salt };
	enum errcode r = E_FORMAT;

	if (n == NULL || d == NULL || rsa.saltlen > sizeof(salt))
		goto out;
	if (!rsa.pss || s->ids->fill(s->ids->arg, salt, rsa.saltlen))
		r = put(w, out, rsa_sign(&rsa, w->msg, w->len, out));
out:
	BN_free(n);
	BN_clear_free(d);
	return r;
}

static enum errcode
by_ecdsa(const struct work *w)
{
	const struct signature *s = w->how;
	BIGNUM *d = jwkread_number(s->key, "d");
	struct ecdsa ecdsa = { json_string_value(json_object_get(s->key, "crv")), s->alg->digest, d,
		s->more };
	uint8_t out[ECDSA_MAX];
	enum errcode r = E_FORMAT;

	if (d != NULL && ecdsa.curve != NULL)
		r = put(w, out, ecdsa_sign(&ecdsa, w->msg, w->len, out));
	BN_clear_free(d);
	return r;
}

static enum errcode
by_ed(const struct work *w)
{
	const char *crv = json_string_value(json_object_get(w->how->key, "crv"));
	uint8_t d[JWKREAD_MAX], out[114];
	size_t len, n = sizeof(out);
	EVP_PKEY *key = NULL;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	enum errcode r = E_FORMAT;

	if (crv != NULL && jwkread_octets(w->how->key, "d", d, &len))
		key = EVP_PKEY_new_raw_private_key_ex(NULL, crv, NULL, d, len);
	if (key != NULL && ctx != NULL && EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) == 1 &&
	    EVP_DigestSign(ctx, out, &n, w->msg, w->len) == 1)
		r = put(w, out, n);
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	return r;
}

static enum errcode
by_hmac(const struct work *w)
{
	const EVP_MD *md = EVP_get_digestbyname(w->how->alg->digest);
	uint8_t k[JWKREAD_MAX], out[EVP_MAX_MD_SIZE];
	unsigned int n = sizeof(out);
	size_t len;

	if (!jwkread_octets(w->how->key, "k", k, &len) ||
	    HMAC(md, k, (int)len, w->msg, w->len, out, &n) == NULL)
		return E_FORMAT;
	return put(w, out, n);
}

static enum errcode
by_nothing(const struct work *w)
{
	(void)w;
	return E_OK;
}

/* In the order of enum alg_kind. */
static const struct {
	const char *kty; /* the keys that it takes; "": any */
	enum errcode (*sign)(const struct work *);
} kinds[] = {
	[ALG_PKCS1] = { "RSA", by_rsa },
	[ALG_PSS] = { "RSA", by_rsa },
	[ALG_ECDSA] = { "EC", by_ecdsa },
	[ALG_ED] = { "OKP", by_ed },
	[ALG_HMAC] = { "oct", by_hmac },
	[ALG_UNSIGNED] = { "", by_nothing },
};

enum errcode
signature_make(
    const struct signature *how, const void *msg, size_t len, struct buf *sig, struct err *e)
{
	const struct work w = { how, msg, len, sig };
	const char *kty = json_string_value(json_object_get(how->key, "kty")),
	           *want = kinds[how->alg->kind].kty;
	enum errcode r;

	if (*want != '\0' && (kty == NULL || strcmp(kty, want) != 0))
		return err_set(e, E_FORMAT, NULL, "%s does not go with a key of type %.16s",
		    how->alg->name, kty == NULL ? "?" : kty);
	if ((r = kinds[how->alg->kind].sign(&w)) != E_OK)
		return err_set(e, r, NULL, "the key cannot sign %s", how->alg->name);
	return E_OK;
}
