/* The issuer's public keys. */
#include "config.h"

#include "mock_idp/ep/ep.h"
#include "mock_idp/jose/jwkset.h"
#include "mock_idp/profile/profile.h"
#include "mock_idp/script/play.h"

void
ep_jwks(struct world *w, struct exchange *x)
{
	json_t *spec = play_jwks(w, x), *set;
	struct err e = { .code = E_OK };

	keys_publish(&w->keys, w->alg);
	if ((set = jwkset_make(&w->keys, spec, &e)) == NULL)
		play_failed(x, &e);
	msg_reply_json(&x->rep, 200, set);
	if (w->profile->places->jwks_cache != NULL)
		msg_reply_header(&x->rep, "Cache-Control", w->profile->places->jwks_cache);
	json_decref(spec);
	json_decref(set);
}
