/* A set of keys. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "helper/oidc/check.h"
#include "helper/oidc/json.h"
#include "helper/oidc/jwk.h"
#include "helper/oidc/jwks.h"

struct jwks {
	struct jwk key[JWKS_MAX_KEYS];
	size_t n;
};

static enum errcode
take_keys(struct jwks *s, const json_t *keys, struct err *e)
{
	enum errcode r;

	if (CHECK(C_116) && !json_is_array(keys))
		return err_set(e, E_KEYS, "jwks.nokeys",
		    "the key set has no list of keys: has the provider no key for its tokens?");
	if (CHECK(C_130) && json_array_size(keys) > JWKS_MAX_KEYS)
		return err_set(e, E_KEYS, "jwks.many", "the key set holds %zu keys, %d at most",
		    json_array_size(keys), JWKS_MAX_KEYS);
	for (size_t i = 0; i < json_array_size(keys); i++) {
		const json_t *o = json_array_get(keys, i);

		if (CHECK(C_116) && !json_is_object(o))
			return err_set(e, E_KEYS, "jwks.type", "key %zu is no object", i + 1);
		if ((r = jwk_parse(&s->key[s->n], o, e)) != E_OK)
			return r;
		s->n++;
	}
	return E_OK;
}

enum errcode
jwks_parse(struct jwks **out, const void *body, size_t len, struct err *e)
{
	struct jwks *s = NULL;
	json_t *o = NULL;
	enum errcode r;

	if ((r = json_read(&o, body, len, JWKS_MAX, E_KEYS, "jwks", e)) != E_OK)
		goto out;
	if ((s = calloc(1, sizeof(*s))) == NULL) {
		r = err_set(e, E_NOMEM, NULL, "out of memory");
		goto out;
	}
	if ((r = take_keys(s, json_object_get(o, "keys"), e)) != E_OK)
		goto out;
	*out = s;
	s = NULL;
out:
	jwks_free(s);
	json_decref(o);
	return r;
}

void
jwks_free(struct jwks *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		jwk_clear(&s->key[i]);
	free(s);
}

/* What was met on the way to the one key. */
struct search {
	const struct jwk *fit;  /* the key */
	const struct jwk *weak; /* right in its members, but of no use: why says it */
	const char *unfit;      /* the last conflict of members */
	bool seen;              /* some key has the kid */
	bool several;           /* two different ones fit */
};

static void
look_at(struct search *s, const struct jwk *k, const struct alg *a)
{
	const char *unfit = jwk_unfit(k, a);

	s->seen = true;
	if (unfit != NULL)
		s->unfit = unfit;
	else if (k->pkey == NULL)
		s->weak = k;
	else if (s->fit == NULL)
		s->fit = k;
	else if (CHECK(C_113, C_117) && EVP_PKEY_eq(s->fit->pkey, k->pkey) != 1)
		s->several = true;
}

static enum errcode
explain(const struct search *s, const char *alg, const char *kid, struct err *e)
{
	char safe[80];

	if (kid != NULL && !s->seen)
		return err_set(e, E_KEYS, "jws.kid.unknown", "the key set has no key \"%s\"",
		    text_escape(safe, sizeof(safe), kid, strlen(kid)));
	if (s->several)
		return err_set(e, E_KEYS, kid == NULL ? "jwks.nokid" : "jwks.dupkid",
		    kid == NULL ? "the token names no key, and several of the set fit %s"
		                : "two different keys for %s under the token's key id",
		    alg);
	if (s->weak != NULL)
		return err_set(e, E_KEYS, s->weak->why.reason, "%s", s->weak->why.text);
	if (s->unfit != NULL && kid != NULL)
		return err_set(e, E_KEYS, s->unfit, "the token's key is not one for %s", alg);
	return err_set(e, E_KEYS, "jwks.none", "the key set has no key for %s", alg);
}

enum errcode
jwks_find(
    const struct jwk **out, const struct jwks *s, const char *alg, const char *kid, struct err *e)
{
	const struct alg *a = alg_find(alg);
	struct search found = { .fit = NULL };

	if (a == NULL)
		return err_set(e, E_KEYS, "idt.alg", "an algorithm that is not offered here");
	for (size_t i = 0; i < s->n; i++) {
		if (CHECK(C_111, C_112) && kid != NULL && strcmp(kid, s->key[i].kid) != 0)
			continue;
		look_at(&found, &s->key[i], a);
	}
	if (found.fit == NULL || found.several)
		return explain(&found, alg, kid, e);
	*out = found.fit;
	return E_OK;
}
