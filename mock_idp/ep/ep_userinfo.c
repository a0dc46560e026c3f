/* UserInfo. OpenID Connect Core section 5.3; RFC 6750. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "common/secmem.h"
#include "mock_idp/ep/answer.h"
#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/oauth.h"
#include "mock_idp/jose/mint.h"
#include "mock_idp/script/play.h"

/* The access token, from wherever RFC 6750 lets it stand; NULL when there is none. */
static const char *
find_token(struct exchange *x)
{
	static const char scheme[] = "Bearer ";
	const char *header = pairs_get(&x->req.headers, "authorization"),
	           *form = pairs_get(&x->req.form, "access_token"),
	           *query = pairs_get(&x->req.query, "access_token");

	/* section 2.3: it ends up in logs */
	if (query != NULL)
		msg_violation(x, "token_in_query", NULL);
	/* section 2: not more than one method in a request */
	if ((header != NULL) + (form != NULL) + (query != NULL) > 1)
		msg_violation(x, "token_twice", NULL);
	if (header != NULL)
		return strncasecmp(header, scheme, sizeof(scheme) - 1) == 0
		    ? header + sizeof(scheme) - 1
		    : NULL;
	return form != NULL ? form : query;
}

/* Authelia adds these two and no others. OpenID Connect Core section 5.3.2 would have iss and aud
 * too. */
static char *
sign(struct world *w, json_t *claims, const struct alg *alg)
{
	char jti[IDS_UUID_SIZE], *token = NULL;
	const struct mint mint = { &w->keys, keys_of(&w->keys, alg->id), &w->ids, NULL };

	if (claims == NULL || !ids_uuid(&w->ids, jti) ||
	    json_object_set_new(claims, "jti", json_string(jti)) != 0 ||
	    json_object_set_new(claims, "iat", json_integer((json_int_t)world_wall(w))) != 0 ||
	    mint_token(&mint, claims, NULL, &token, NULL) != E_OK)
		return NULL;
	return token;
}

/* As a rule of the script wants it. */
static char *
mint(struct world *w, struct exchange *x, const json_t *claims, const json_t *spec)
{
	const struct mint m = { .keys = &w->keys, .key = keys_of(&w->keys, w->alg), .ids = &w->ids };
	struct err e = { .code = E_OK };
	char *token = NULL;

	if (claims != NULL && mint_token(&m, claims, spec, &token, &e) != E_OK)
		play_failed(x, &e);
	return token;
}

static void
answer(struct world *w, struct exchange *x, const struct grant *g)
{
	const struct client *c = people_client(&w->people, g->client_id);
	bool signs = c != NULL && c->userinfo_alg != NULL;
	json_t *claims = claims_userinfo(w, g), *spec;
	char *token = NULL;

	msg_known(x, "client_id", g->client_id);
	msg_known(x, "sub", g->sub);
	msg_known(x, "user", g->username);
	spec = claims == NULL ? NULL : play_token(w, x);
	if (spec != NULL)
		token = mint(w, x, claims, spec);
	else if (signs)
		token = sign(w, claims, c->userinfo_alg);
	if (claims == NULL)
		/* of somebody who is gone */
		answer_fail_bearer(w, x, OUTCOME_USERINFO_UNKNOWN);
	else if (token != NULL)
		msg_reply_text(&x->rep, 200, "application/jwt; charset=utf-8", token);
	else if (spec != NULL || signs)
		oauth_fail_empty(x, OAUTH_SERVER_ERROR);
	else
		msg_reply_json(&x->rep, 200, claims);
	secmem_freestr(token);
	json_decref(spec);
	json_decref(claims);
}

void
ep_userinfo(struct world *w, struct exchange *x)
{
	const char *token = find_token(x);
	const struct grant *g = token == NULL ? NULL : grants_find(&w->grants, token);

	if (g == NULL) {
		/* a client knows what it gave back, or what it exchanged */
		if (token != NULL && grants_known(&w->grants, token) != NULL)
			msg_violation(x, "revoked_token", NULL);
		answer_fail_bearer(w, x, OUTCOME_USERINFO_UNKNOWN);
	} else if (world_wall(w) >= g->expires) {
		answer_fail_bearer(w, x, OUTCOME_USERINFO_EXPIRED);
	} else if (!claims_has_scope(g->scope, "openid") ||
	    (w->profile->claims->ui_more && strcmp(g->scope, "openid") == 0)) {
		answer_fail_bearer(w, x, OUTCOME_USERINFO_SCOPE);
	} else {
		answer(w, x, g);
	}
}
