/* Device authorization. RFC 8628 sections 3.1 and 3.2. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/client_auth.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/oauth.h"

#define NONCE_MIN 8

static void
answer(const struct world *w, struct exchange *x, const struct code *c)
{
	json_t *body = json_pack("{s:s, s:i, s:i, s:s, s:o, s:o}", "device_code", c->device,
	    "expires_in", WORLD_CODE_LIFE_MS / 1000 - 1, "interval", (int)w->interval, "user_code",
	    c->user, "verification_uri", json_sprintf("%s" EP_VERIFICATION_PATH, w->issuer),
	    "verification_uri_complete",
	    json_sprintf("%s" EP_VERIFICATION_PATH "?user_code=%s", w->issuer, c->user));

	msg_reply_json(&x->rep, 200, body);
	json_decref(body);
}

static void
issue(struct world *w, struct exchange *x, const struct client *client, const char *scope)
{
	const char *nonce = pairs_get(&x->req.form, "nonce");
	struct code *c = codes_new(&w->codes, &w->ids, client->id, scope, nonce);

	if (c == NULL) {
		oauth_fail_empty(x, OAUTH_SERVER_ERROR);
		return;
	}
	if (nonce != NULL && strlen(nonce) < NONCE_MIN)
		msg_violation(x, "short_nonce", NULL);
	if (w->auto_user != NULL && codes_approve(c, w->auto_user, world_wall(w)) != E_OK)
		msg_violation(x, "mock", "cannot approve");
	c->issued = c->last_answer = world_ms(w);
	c->expires = c->issued + WORLD_CODE_LIFE_MS;
	answer(w, x, c);
}

/*
 * Authelia up to 4.39.20 reads client_id from the body alone and authenticates nobody here; the
 * next one authenticates as at the token endpoint. Both are asked for: a client must please both.
 */
void
ep_devauth(struct world *w, struct exchange *x)
{
	const char *scope = pairs_get(&x->req.form, "scope");
	enum oauth_error error; /* all of them are {} with the same status here */
	const struct client *client = client_auth(w, x, &error);

	if (scope == NULL)
		scope = "";
	if (pairs_get(&x->req.form, "client_id") == NULL) {
		msg_violation(x, "client_id_not_in_body", NULL);
		client = NULL;
	}
	if (client == NULL)
		oauth_fail_empty(x, OAUTH_INVALID_CLIENT);
	else if (!strlist_has(&client->grants, PEOPLE_DEVICE_GRANT))
		oauth_fail_empty(x, OAUTH_INVALID_GRANT);
	else if (!people_scopes_allowed(client, scope))
		oauth_fail_empty(x, OAUTH_INVALID_SCOPE);
	else
		issue(w, x, client, scope);
}
