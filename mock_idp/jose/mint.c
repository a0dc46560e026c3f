/* JWTs as they should be, or as a script wants them. */
#include "config.h"

#include <string.h>

#include "common/secmem.h"
#include "mock_idp/jose/mint.h"
#include "mock_idp/jose/mintkey.h"
#include "mock_idp/jose/mintmake.h"
#include "mock_idp/jose/mintspec.h"
#include "mock_idp/jose/minttext.h"
#include "mock_idp/jose/sign.h"

#define TRIES 4096 /* for a signature that begins with a zero octet: one in 256 does */

enum errcode
mint_check(const json_t *spec, struct err *e)
{
	return mintspec_check(spec, e);
}

/* The buffer's text, which has no NUL inside. */
static enum errcode
hand_over(struct buf *b, char **token, struct err *e)
{
	const char *text = buf_cstr(b);

	if (text == NULL || (*token = strdup(text)) == NULL)
		return err_set(e, E_NOMEM, NULL, ": out of memory");
	return E_OK;
}

/* Attempts until one has the signature that a mutator needs. */
static enum errcode
attempt(struct mintmake *how, struct buf *b, struct err *e)
{
	bool again = true;
	enum errcode r = E_OK;

	for (how->attempt = 0; again && how->attempt < TRIES; how->attempt++) {
		buf_reset(b);
		if ((r = mintmake_token(how, b, &again, e)) != E_OK)
			return r;
	}
	return again ? err_set(e, E_FORMAT, NULL, ": no signature is as the mutators need it")
	             : E_OK;
}

/* token.pad: three characters of the payload are four of the token. */
static enum errcode
make(struct mintmake *how, struct buf *b, struct err *e)
{
	struct mutate m;
	size_t want = mintspec_find(how->spec, "token.pad", &m) ? mutate_number(&m, 0) : 0;
	enum errcode r = attempt(how, b, e);

	if (r != E_OK || buf_len(b) >= want)
		return r;
	how->pad = (want - buf_len(b)) / 4 * 3 + 3;
	return attempt(how, b, e);
}

/* Header and claims are all that a script changes, and the header not at all. */
static bool
libjwt_can(const struct mintkey *k, const json_t *spec)
{
	return k->named != NULL && json_object_get(spec, "header") == NULL &&
	    json_object_get(json_object_get(spec, "claims"), "text") == NULL &&
	    json_array_size(json_object_get(spec, "mutate")) == 0;
}

static enum errcode
by_libjwt(
    const struct mintkey *k, const json_t *claims, const json_t *spec, char **token, struct err *e)
{
	const struct sign how = { k->alg, k->named, k->secret };
	struct buf *b = buf_new(MINT_MAX);
	json_t *all = NULL;
	enum errcode r = E_NOMEM;

	if (b != NULL && minttext_put(b, claims, json_object_get(spec, "claims")) == E_OK)
		all = json_loadb((const char *)buf_data(b), buf_len(b), 0, NULL);
	if (all != NULL)
		r = sign_token(&how, all, token, e);
	json_decref(all);
	buf_free(b);
	return r == E_OK ? r : err_set(e, r, NULL, ": out of memory");
}

/* jwt.nest: the same without mutators, as the payload of another. */
static enum errcode
make_inner(
    const struct mint *m, const json_t *claims, const json_t *spec, char **inner, struct err *e)
{
	json_t *plain = json_deep_copy(spec);
	enum errcode r = E_NOMEM;

	if (plain != NULL && json_object_del(plain, "mutate") == 0)
		r = mint_token(m, claims, plain, inner, e);
	json_decref(plain);
	return r;
}

static enum errcode
by_hand(const struct mint *m, const struct mintkey *k, const json_t *claims, const json_t *spec,
    char **token, struct err *e)
{
	struct mintmake how = { .spec = spec, .key = k, .ids = m->ids, .claims = claims };
	struct buf *b = buf_new(MINT_MAX);
	struct mutate nest;
	char *inner = NULL;
	enum errcode r = b == NULL ? E_NOMEM : E_OK;

	if (r == E_OK && mintspec_find(spec, "jwt.nest", &nest)) {
		r = make_inner(m, claims, spec, &inner, e);
		how.inner = inner;
	}
	if (r == E_OK && (r = make(&how, b, e)) == E_OK)
		r = hand_over(b, token, e);
	secmem_freestr(inner);
	buf_free(b);
	return r == E_OK ? r : err_set(e, r, NULL, ": out of memory");
}

enum errcode
mint_token(
    const struct mint *m, const json_t *claims, const json_t *spec, char **token, struct err *e)
{
	const char *text = json_string_value(json_object_get(spec, "text"));
	struct mintkey k = { .alg = NULL };
	enum errcode r;

	*token = NULL;
	if (m->key == NULL)
		return err_set(e, E_KEYS, NULL, ": there is no key");
	/* placeholders may have become something else than was checked */
	if (spec != NULL && (r = mint_check(spec, e)) != E_OK)
		return r;
	if (text != NULL)
		return (*token = strdup(text)) != NULL
		    ? E_OK
		    : err_set(e, E_NOMEM, NULL, ": out of memory");
	if ((r = mintkey_make(&k, m->keys, m->key, m->secret, spec, e)) == E_OK)
		r = libjwt_can(&k, spec) ? by_libjwt(&k, claims, spec, token, e)
		                         : by_hand(m, &k, claims, spec, token, e);
	mintkey_clear(&k);
	return r;
}
