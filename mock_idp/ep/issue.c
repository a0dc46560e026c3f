/* Tokens for what was approved. */
#include "config.h"

#include "common/secmem.h"
#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/issue.h"
#include "mock_idp/ep/oauth.h"
#include "mock_idp/jose/mint.h"
#include "mock_idp/profile/profile.h"

/* What this provider puts beside it. */
static void
add_more(const struct world *w, json_t *body, const struct grant *g)
{
	const struct profile_tokens *t = w->profile->tokens;
	json_t *more = t->answer_more == NULL ? NULL : json_loads(t->answer_more, 0, NULL);

	(void)json_object_update(body, more);
	if (t->issued)
		(void)json_object_set_new(body, "iat", json_integer((json_int_t)g->issued));
	json_decref(more);
}

static json_t *
token_body(struct world *w, const struct grant *g)
{
	const struct client *c = people_client(&w->people, g->client_id);
	const struct mint mint = { &w->keys, keys_of(&w->keys, w->alg), &w->ids,
		c == NULL ? NULL : c->secret };
	json_t *claims = NULL, *body = NULL;
	char *id_token = NULL;

	if (claims_has_scope(g->scope, "openid") &&
	    ((claims = claims_id_token(w, g)) == NULL ||
	        mint_token(&mint, claims, NULL, &id_token, NULL) != E_OK))
		goto out;
	body = json_pack("{s:s, s:i, s:s*, s:s*, s:s, s:s}", "access_token", g->access,
	    "expires_in", GRANTS_LIFE - 1, "id_token", id_token, "refresh_token",
	    g->refresh[0] == '\0' ? NULL : g->refresh, "scope", g->scope, "token_type",
	    w->profile->tokens->token_type);
	add_more(w, body, g);
out:
	json_decref(claims);
	secmem_freestr(id_token);
	return body;
}

/* OpenID Connect Core section 11: what was approved says so, and the client can use it. */
static bool
may_refresh(const struct world *w, const struct grant_for *what)
{
	const struct client *c = people_client(&w->people, what->client_id);

	return w->profile->tokens->refresh ||
	    (c != NULL && strlist_has(&c->grants, PEOPLE_REFRESH_GRANT) &&
	        claims_has_scope(
	            what->approved == NULL ? what->scope : what->approved, "offline_access"));
}

struct grant *
issue_tokens(struct world *w, struct exchange *x, struct grant_for *what)
{
	const struct user *u = people_user(&w->people, what->username);
	struct grant *g = NULL;
	json_t *body = NULL;

	if (u != NULL) {
		what->sub = u->sub;
		what->refresh = may_refresh(w, what);
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
