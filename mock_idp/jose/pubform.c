/* The octets that a careless verifier takes for an HMAC secret. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/encoder.h>

#include "common/secmem.h"
#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/pubform.h"

/* What OpenSSL writes of the key, but for the last `less` octets. */
static enum errcode
put_encoded(
    struct buf *out, const json_t *jwk, const char *type, const char *structure, size_t less)
{
	EVP_PKEY *key = jwkread_pkey(jwk);
	OSSL_ENCODER_CTX *ctx = NULL;
	unsigned char *p = NULL;
	size_t n = 0;
	enum errcode r = E_FORMAT;

	if (key != NULL)
		ctx =
		    OSSL_ENCODER_CTX_new_for_pkey(key, EVP_PKEY_PUBLIC_KEY, type, structure, NULL);
	if (ctx != NULL && OSSL_ENCODER_to_data(ctx, &p, &n) == 1 && n > less)
		r = buf_put(out, p, n - less);
	OPENSSL_free(p);
	OSSL_ENCODER_CTX_free(ctx);
	EVP_PKEY_free(key);
	return r;
}

static enum errcode
put_pem(struct buf *out, const json_t *jwk)
{
	return put_encoded(out, jwk, "PEM", "SubjectPublicKeyInfo", 0);
}

static enum errcode
put_pem_nonl(struct buf *out, const json_t *jwk)
{
	return put_encoded(out, jwk, "PEM", "SubjectPublicKeyInfo", 1);
}

static enum errcode
put_der(struct buf *out, const json_t *jwk)
{
	return put_encoded(out, jwk, "DER", "SubjectPublicKeyInfo", 0);
}

/* Of an EC key there is no such structure, and OpenSSL says so. */
static enum errcode
put_pkcs1(struct buf *out, const json_t *jwk)
{
	return put_encoded(out, jwk, "PEM", "pkcs1", 0);
}

static enum errcode
put_jwk(struct buf *out, const json_t *jwk)
{
	char *text = json_dumps(jwk, JSON_COMPACT);
	enum errcode r = text == NULL ? E_NOMEM : buf_puts(out, text);

	secmem_freestr(text);
	return r;
}

static enum errcode
put_octets(struct buf *out, const json_t *jwk, const char *name)
{
	uint8_t raw[JWKREAD_MAX];
	size_t n;

	return jwkread_octets(jwk, name, raw, &n) ? buf_put(out, raw, n) : E_FORMAT;
}

static enum errcode
put_n(struct buf *out, const json_t *jwk)
{
	return put_octets(out, jwk, "n");
}

static enum errcode
put_xy(struct buf *out, const json_t *jwk)
{
	enum errcode r = put_octets(out, jwk, "x");

	return r != E_OK || json_object_get(jwk, "y") == NULL ? r : put_octets(out, jwk, "y");
}

static enum errcode
put_empty(struct buf *out, const json_t *jwk)
{
	(void)out;
	(void)jwk;
	return E_OK;
}

static const struct form {
	const char *name;
	enum errcode (*put)(struct buf *, const json_t *);
} forms[] = {
	{ "pem", put_pem },
	{ "pem-nonl", put_pem_nonl },
	{ "der", put_der },
	{ "pkcs1", put_pkcs1 },
	{ "jwk", put_jwk },
	{ "n", put_n },
	{ "xy", put_xy },
	{ "empty", put_empty },
};

static const struct form *
find(const char *name)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (strcmp(forms[i].name, name) == 0)
			return &forms[i];
	return NULL;
}

bool
pubform_is(const char *form)
{
	return find(form) != NULL;
}

enum errcode
pubform_put(struct buf *out, const char *form, const json_t *jwk, struct err *e)
{
	const struct form *f = find(form);
	enum errcode r = f == NULL ? E_FORMAT : f->put(out, jwk);

	return r == E_OK ? E_OK : err_set(e, r, NULL, "the key has no form %.16s", form);
}
