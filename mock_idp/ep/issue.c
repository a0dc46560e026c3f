/* Tokens for what was approved. */
#include "config.h"

#include "common/secmem.h"
#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/issue.h"
#include "mock_idp/ep/oauth.h"
#include "mock_idp/jose/sign.h"

static json_t *
token_body(const struct world *w, const struct grant *g)
{
	json_t *claims = NULL, *body = NULL;
	char *id_token = NULL;

	if (claims_has_scope(g->scope, "openid") &&
	    ((claims = claims_id_token(w, g)) == NULL ||
	        sign_token(&w->keys.k[w->alg], claims, &id_token, NULL) != E_OK))
		goto out;
	body = json_pack("{s:s, s:i, s:s*, s:s, s:s}", "access_token", g->access, "expires_in",
	    GRANTS_LIFE - 1, "id_token", id_token, "scope", g->scope, "token_type", "bearer");
out:
	json_decref(claims);
	secmem_freestr(id_token);
	return body;
}

const struct grant *
issue_tokens(struct world *w, struct exchange *x, struct grant_for *what)
{
	const struct user *u = people_user(&w->people, what->username);
	const struct grant *g = NULL;
	json_t *body = NULL;

	if (u != NULL) {
		what->sub = u->sub;
		g = grants_new(&w->grants, &w->ids, what, world_wall(w));
	}
	if (g != NULL)
		body = token_body(w, g);
	if (body == NULL) {
		oauth_fail(x, OAUTH_SERVER_ERROR, NULL);
		return NULL;
	}
	msg_reply_json(&x->rep, 200, body);
	json_decref(body);
	return g;
}
