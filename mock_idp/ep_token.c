/* Token endpoint, device grant. RFC 8628 sections 3.4 and 3.5, with Authelia's answers. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/claims.h"
#include "mock_idp/client_auth.h"
#include "mock_idp/ep.h"
#include "mock_idp/oauth.h"
#include "mock_idp/sign.h"

/* RFC 8628 section 3.5: the client waits interval seconds between two polls; the first poll waits
 * for the device response. */
static void
judge_pace(const struct world *w, struct exchange *x, const struct code *c)
{
	int64_t now = world_ms(w), gap = now - c->last_answer;
	char detail[32];

	if (gap < (int64_t)w->interval * 1000) {
		(void)snprintf(detail, sizeof(detail), "%lldms", (long long)gap);
		msg_violation(x, "early_poll", detail);
	}
	if (now >= c->expires && c->state == CODE_PENDING)
		msg_violation(x, "poll_after_expiry", NULL);
}

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

static void
exchange_code(struct world *w, struct exchange *x, struct code *c)
{
	const struct user *u = people_user(&w->people, c->username);
	struct grant *g = NULL;
	json_t *body = NULL;

	if (u != NULL)
		g = grants_new(&w->grants, &w->ids, c, u->sub, world_wall(w));
	if (g != NULL)
		body = token_body(w, g);
	if (body == NULL) {
		oauth_fail(x, OAUTH_SERVER_ERROR, NULL);
		return;
	}
	c->state = CODE_USED;
	msg_reply_json(&x->rep, 200, body);
	json_decref(body);
}

/* A code that was denied or used is to Authelia an error of its own, before it asks whose it is. */
static void
answer_state(struct world *w, struct exchange *x, const struct client *client, struct code *c)
{
	if (c == NULL || c->state == CODE_DENIED || c->state == CODE_USED)
		oauth_fail(x, OAUTH_SERVER_ERROR, NULL);
	else if (strcmp(c->client_id, client->id) != 0)
		oauth_fail(x, OAUTH_INVALID_GRANT, NULL);
	else if (c->state == CODE_PENDING)
		oauth_fail(
		    x, OAUTH_AUTHORIZATION_PENDING, "The user has not authorized the request.");
	else if (world_ms(w) >= c->expires)
		oauth_fail(x, OAUTH_EXPIRED_TOKEN, NULL);
	else
		exchange_code(w, x, c);
}

static void
device_grant(struct world *w, struct exchange *x, const struct client *client)
{
	const char *device = pairs_get(&x->req.form, "device_code");
	struct code *c;

	if (device == NULL || *device == '\0') {
		oauth_fail(x, OAUTH_INVALID_REQUEST, "The parameter device_code is missing.");
		return;
	}
	if ((c = codes_by_device(&w->codes, device)) != NULL)
		judge_pace(w, x, c);
	answer_state(w, x, client, c);
	if (c != NULL) {
		c->polls++;
		c->last_answer = world_ms(w);
	}
}

void
ep_token(struct world *w, struct exchange *x)
{
	const char *grant = pairs_get(&x->req.form, "grant_type");
	const struct client *client;

	if (grant == NULL || *grant == '\0') {
		oauth_fail(x, OAUTH_INVALID_REQUEST,
		    x->req.form.n == 0 ? "The body cannot be empty."
		                       : "The parameter grant_type is missing.");
		return;
	}
	client = client_auth(&w->people, x);
	if (strcmp(grant, PEOPLE_DEVICE_GRANT) != 0)
		oauth_fail(x, OAUTH_INVALID_REQUEST, "The grant type is not known here.");
	else if (client == NULL)
		oauth_fail(x, OAUTH_INVALID_CLIENT, NULL);
	else if (!strlist_has(&client->grants, grant))
		oauth_fail(x, OAUTH_UNAUTHORIZED_CLIENT, NULL);
	else
		device_grant(w, x, client);
}
