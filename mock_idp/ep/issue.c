/* Tokens for what was approved. */
#include "config.h"

#include "common/secmem.h"
#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/issue.h"
#include "mock_idp/ep/oauth.h"
#include "mock_idp/jose/mint.h"
#include "mock_idp/profile/profile.h"
#include "mock_idp/script/play.h"

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

/* Some leave typ out, where no rule says what stands in the header. */
static json_t *
header_of_profile(const struct world *w, json_t *spec)
{
	if (w->profile->tokens->typ || json_object_get(spec, "header") != NULL ||
	    json_object_get(spec, "text") != NULL)
		return spec;
	if (spec == NULL)
		spec = json_object();
	(void)json_object_set_new(spec, "header", json_pack("{s:[s]}", "drop", "typ"));
	return spec;
}

/* The ID token, as it should be or as a rule wants it. */
static char *
id_token(struct world *w, struct exchange *x, const struct grant *g)
{
	const struct client *c = people_client(&w->people, g->client_id);
	const struct mint m = { .keys = &w->keys,
		.key = keys_of(&w->keys, w->alg),
		.ids = &w->ids,
		.secret = c == NULL ? NULL : c->secret };
	json_t *claims = claims_id_token(w, g), *spec = header_of_profile(w, play_token(w, x));
	struct err e = { .code = E_OK };
	char *token = NULL;

	if (claims != NULL && mint_token(&m, claims, spec, &token, &e) != E_OK)
		play_failed(x, &e);
	json_decref(claims);
	json_decref(spec);
	return token;
}

/* What placeholders of a script stand for from now on. */
static void
know(struct exchange *x, const struct grant *g)
{
	msg_known(x, "access_token", g->access);
	msg_known(x, "client_id", g->client_id);
	msg_known(x, "nonce", g->nonce);
	msg_known(x, "sub", g->sub);
	msg_known(x, "user", g->username);
}

static json_t *
token_body(struct world *w, struct exchange *x, const struct grant *g)
{
	bool openid = claims_has_scope(g->scope, "openid");
	char *id = openid ? id_token(w, x, g) : NULL;
	json_t *body = NULL;

	if (!openid || id != NULL) {
		body = json_pack("{s:s, s:i, s:s*, s:s*, s:s, s:s}", "access_token", g->access,
		    "expires_in", GRANTS_LIFE - 1, "id_token", id, "refresh_token",
		    g->refresh[0] == '\0' ? NULL : g->refresh, "scope", g->scope, "token_type",
		    w->profile->tokens->token_type);
		add_more(w, body, g);
	}
	secmem_freestr(id);
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

	if (x->by.instead)
		return NULL;
	if (u != NULL) {
		what->sub = u->sub;
		what->refresh = may_refresh(w, what);
		g = grants_new(&w->grants, &w->ids, what, world_wall(w));
	}
	if (g != NULL) {
		know(x, g);
		body = token_body(w, x, g);
	}
	if (body == NULL) {
		oauth_fail(x, OAUTH_SERVER_ERROR, NULL);
		return NULL;
	}
	msg_reply_json(&x->rep, 200, body);
	json_decref(body);
	return g;
}
