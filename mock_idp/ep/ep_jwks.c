/* The issuer's public keys. */
#include "config.h"

#include "mock_idp/ep/ep.h"
#include "mock_idp/jose/jwkset.h"
#include "mock_idp/profile/profile.h"

void
ep_jwks(struct world *w, struct exchange *x)
{
	json_t *set;

	keys_publish(&w->keys, w->alg);
	set = jwkset_make(&w->keys, NULL, NULL);

	msg_reply_json(&x->rep, 200, set);
	if (w->profile->places->jwks_cache != NULL)
		msg_reply_header(&x->rep, "Cache-Control", w->profile->places->jwks_cache);
	json_decref(set);
}
