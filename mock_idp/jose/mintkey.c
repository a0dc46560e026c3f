/* Whose key signs a token, how, and what its header says about that. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/mintkey.h"
#include "mock_idp/jose/pubform.h"
#include "mock_idp/jose/sign.h"

#define HMAC "hmac:"
#define SECRET "secret" /* the client's, and what it is when the client has none */

static const char *
text_of(const json_t *spec, const char *name)
{
	return json_string_value(json_object_get(spec, name));
}

/* The form behind "hmac:"; NULL: no such word. */
static const char *
hmac_form(const char *sign)
{
	const char *form = sign + sizeof(HMAC) - 1;

	if (strncmp(sign, HMAC, sizeof(HMAC) - 1) != 0)
		return NULL;
	return pubform_is(form) || strcmp(form, SECRET) == 0 ? form : NULL;
}

static bool
sign_is_known(const json_t *v)
{
	uint8_t raw[JWKREAD_MAX];
	size_t len;

	if (json_is_string(v))
		return alg_find(json_string_value(v)) != NULL ||
		    hmac_form(json_string_value(v)) != NULL;
	return json_object_size(v) == 1 && jwkread_octets(v, "sig", raw, &len);
}

static bool
names_key(const json_t *v)
{
	return json_is_string(v) && keys_name(json_string_value(v));
}

enum errcode
mintkey_check(const json_t *spec, struct err *e)
{
	const json_t *alg = json_object_get(spec, "alg"), *key = json_object_get(spec, "key"),
	             *kid_of = json_object_get(spec, "kid_of"),
	             *sign = json_object_get(spec, "sign");
	struct err inner = { .code = E_OK };

	if (alg != NULL && (!json_is_string(alg) || alg_find(json_string_value(alg)) == NULL))
		return err_set(e, E_CFG, NULL, ".alg: no such algorithm");
	if (json_is_object(key) && jwkread_check(key, &inner) != E_OK)
		return err_set(e, E_CFG, NULL, ".key%s", inner.text);
	if (key != NULL && !json_is_object(key) && !names_key(key))
		return err_set(e, E_CFG, NULL, ".key: neither a key's name nor a JWK");
	if (kid_of != NULL && !names_key(kid_of))
		return err_set(e, E_CFG, NULL, ".kid_of: no such key");
	if (sign != NULL && !sign_is_known(sign))
		return err_set(e, E_CFG, NULL, ".sign: no such way to sign");
	return E_OK;
}

/* A key for HMAC that is these octets. */
static json_t *
oct(const void *p, size_t len)
{
	char *text = malloc(B64URL_ENCODED(len) + 1);
	json_t *o = NULL;

	if (text != NULL) {
		b64url_encode(text, p, len);
		o = json_pack("{s:s, s:s}", "kty", "oct", "k", text);
	}
	secmem_freestr(text);
	return o;
}

/* A copy of a private key without its private members: what its owner would publish. */
static json_t *
public_part(const json_t *jwk)
{
	static const char *const private[] = { "d", "p", "q", "dp", "dq", "qi", "oth", "k" };
	json_t *o = json_deep_copy(jwk);

	for (size_t i = 0; i < sizeof(private) / sizeof(private[0]); i++)
		(void)json_object_del(o, private[i]);
	return o;
}

/* The key for an HMAC that is keyed with that form of jwk. */
static enum errcode
key_from_form(struct mintkey *k, const json_t *jwk, const char *form, struct err *e)
{
	struct buf *b = buf_new(PUBFORM_MAX);
	json_t *public = public_part(jwk);
	struct err inner = { .code = E_OK };
	enum errcode r = E_NOMEM;

	if (b != NULL && public != NULL)
		r = pubform_put(b, form, public, &inner);
	if (r == E_OK && (k->priv = oct(buf_data(b), buf_len(b))) == NULL)
		r = E_NOMEM;
	json_decref(public);
	buf_free(b);
	return r == E_OK ? r : err_set(e, r, NULL, ".sign: %s", inner.text);
}

/* RFC 7518 section 3.2, with the hash that the header names, or SHA-256. */
static const struct alg *
hmac_of(const struct alg *alg)
{
	return alg_row(alg->hash == 64 ? ALG_HS512 : alg->hash == 48 ? ALG_HS384 : ALG_HS256);
}

/* How it is signed; *form: the HMAC's key, or NULL. */
static void
choose_way(struct mintkey *k, const json_t *spec, const char **form)
{
	const json_t *sign = json_object_get(spec, "sign");
	const char *word = json_string_value(sign);

	*form = NULL;
	k->sign = k->alg;
	if (json_is_object(sign))
		k->octets = text_of(sign, "sig");
	else if (word != NULL && (*form = hmac_form(word)) != NULL)
		k->sign = hmac_of(k->alg);
	else if (word != NULL)
		k->sign = alg_find(word);
}

/* The key that the script names, or that goes with the algorithm. */
static const struct key *
choose_key(const struct mintkey *k, struct keys *keys, const struct key *own, const json_t *spec)
{
	const char *name = text_of(spec, "key");

	if (name != NULL)
		return keys_find(keys, name);
	if (k->alg->id == own->alg->id || k->alg->id >= ALG_PUBLIC)
		return own;
	return keys_of(keys, k->alg->id);
}

/* Is it one that libjwt signs with, under an algorithm that is meant for it? */
static bool
fits_libjwt(const struct mintkey *k, const struct key *key)
{
	if (!sign_can(k->alg) || k->sign != k->alg || k->octets != NULL || key->pkey == NULL)
		return false;
	return k->alg->kind == ALG_HMAC ||
	    (strcmp(k->alg->kty, key->alg->kty) == 0 &&
	        (k->alg->kind != ALG_ECDSA || strcmp(text_of(key->jwk, "crv"), k->alg->crv) == 0));
}

/* The numbers that sign. */
static enum errcode
take_numbers(
    struct mintkey *k, const struct key *key, const json_t *jwk, const char *form, struct err *e)
{
	const char *kty = text_of(jwk, "kty");

	if (form != NULL && strcmp(form, SECRET) != 0)
		return key_from_form(k, jwk, form, e);
	if (k->sign->kind == ALG_HMAC && (form != NULL || key != NULL))
		k->priv = oct(k->secret, strlen(k->secret));
	else
		k->priv = json_deep_copy(jwk);
	if (k->priv == NULL)
		return E_NOMEM;
	if (k->sign->kind == ALG_ECDSA && kty != NULL && strcmp(kty, "EC") == 0)
		k->curve = text_of(k->priv, "crv");
	return E_OK;
}

enum errcode
mintkey_make(struct mintkey *k, struct keys *keys, const struct key *own, const char *secret,
    const json_t *spec, struct err *e)
{
	const char *alg = text_of(spec, "alg"), *kid_of = text_of(spec, "kid_of"), *form;
	const json_t *jwk = json_object_get(spec, "key");
	const struct key *key = NULL, *other = NULL;

	memset(k, 0, sizeof(*k));
	k->alg = alg == NULL ? own->alg : alg_find(alg);
	k->secret = secret == NULL ? SECRET : secret;
	choose_way(k, spec, &form);
	if (!json_is_object(jwk)) {
		if ((key = choose_key(k, keys, own, spec)) == NULL)
			return err_set(e, E_KEYS, NULL, ": cannot make the key");
		jwk = key->priv;
	}
	if (kid_of != NULL && (other = keys_find(keys, kid_of)) == NULL)
		return err_set(e, E_KEYS, NULL, ": cannot make the key of kid_of");
	k->kid = other != NULL            ? other->kid
	    : key != NULL                 ? key->kid
	    : text_of(jwk, "kid") != NULL ? text_of(jwk, "kid")
	                                  : own->kid;
	if (key != NULL && other == NULL && form == NULL && fits_libjwt(k, key))
		k->named = key;
	return take_numbers(k, key, jwk, form, e);
}

void
mintkey_clear(struct mintkey *k)
{
	json_decref(k->priv);
	memset(k, 0, sizeof(*k));
}
