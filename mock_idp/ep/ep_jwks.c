/* The issuer's public keys. */
#include "config.h"

#include "mock_idp/ep/ep.h"

void
ep_jwks(struct world *w, struct exchange *x)
{
	json_t *set = keys_jwks(&w->keys);

	msg_reply_json(&x->rep, 200, set);
	json_decref(set);
}
