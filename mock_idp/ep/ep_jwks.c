/* The issuer's public keys. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"
#include "mock_idp/jose/jwkset.h"
#include "mock_idp/profile/profile.h"
#include "mock_idp/script/play.h"

#define SIGNER "@" /* in a profile's set: the key that signs ID tokens */

static json_t *
name_signer(json_t *v, const char *key)
{
	const char *s = json_string_value(v);

	return s != NULL && strcmp(s, SIGNER) == 0 ? json_string(key) : json_incref(v);
}

/* The profile's set as jwkset.h wants it; NULL: all that there is. */
static json_t *
profile_set(const struct world *w)
{
	const char *text = w->profile->keys->set, *key = alg_row(w->alg)->key;
	json_t *set = text == NULL ? NULL : json_loads(text, 0, NULL), *one;
	size_t i;

	json_array_foreach(set, i, one)
	{
		json_t *of = json_object_get(one, "of");

		if (of != NULL)
			(void)json_object_set_new(one, "of", name_signer(of, key));
		else
			(void)json_array_set_new(set, i, name_signer(one, key));
	}
	return set == NULL ? NULL : json_pack("{s:o}", "keys", set);
}

/* The keys of ID tokens, and of what UserInfo signs for whoever registered for it. */
static void
publish(struct world *w)
{
	keys_publish(&w->keys, w->alg);
	for (size_t i = 0; i < w->people.nclients; i++)
		if (w->people.clients[i].userinfo_alg != NULL)
			keys_publish(&w->keys, w->people.clients[i].userinfo_alg->id);
}

void
ep_jwks(struct world *w, struct exchange *x)
{
	json_t *spec = play_jwks(w, x), *set;
	struct err e = { .code = E_OK };

	if (spec == NULL)
		spec = profile_set(w);
	publish(w);
	if ((set = jwkset_make(&w->keys, spec, &e)) == NULL)
		play_failed(x, &e);
	msg_reply_json(&x->rep, 200, set);
	if (w->profile->places->jwks_cache != NULL)
		msg_reply_header(&x->rep, "Cache-Control", w->profile->places->jwks_cache);
	json_decref(spec);
	json_decref(set);
}
