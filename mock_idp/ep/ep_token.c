/* Token endpoint: device grant (RFC 8628 sections 3.4 and 3.5) and authorization code (RFC 6749
 * section 4.1.3), with Authelia's answers. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include <openssl/sha.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/client_auth.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/oauth.h"
#include "mock_idp/jose/sign.h"

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

/* Answers with tokens for what was approved (its sub is filled in); NULL: with an error. */
static const struct grant *
grant(struct world *w, struct exchange *x, struct grant_for *what)
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

static void
exchange_code(struct world *w, struct exchange *x, struct code *c)
{
	struct grant_for what = { .client_id = c->client_id,
		.username = c->username,
		.scope = c->scope,
		.nonce = c->nonce,
		.auth_time = c->auth_time };

	if (grant(w, x, &what) != NULL)
		c->state = CODE_USED;
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

/* RFC 7636 section 4.6; a verifier without a challenge is a downgrade (RFC 9700 section 2.1.1). */
static bool
verifier_fits(const struct flow *f, const char *verifier)
{
	static const char chars[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	char text[B64URL_ENCODED(SHA256_DIGEST_LENGTH) + 1];
	uint8_t md[SHA256_DIGEST_LENGTH];
	size_t len;

	if (verifier == NULL || f->p.challenge == NULL)
		return verifier == NULL && f->p.challenge == NULL;
	len = strlen(verifier);
	if (len < 43 || len > 128 || strspn(verifier, chars) != len)
		return false;
	(void)SHA256((const unsigned char *)verifier, len, md);
	b64url_encode(text, md, sizeof(md));
	return strcmp(text, f->p.challenge) == 0;
}

/* Why the code is not exchanged; NULL: it is. */
static const char *
judge_flow(const struct world *w, const struct exchange *x, const struct client *client,
    const struct flow *f)
{
	const char *redirect = pairs_get(&x->req.form, "redirect_uri");

	if (f == NULL)
		return "The code is not known.";
	if (strcmp(f->p.client_id, client->id) != 0)
		return "The code is another client's.";
	if (f->state == FLOW_USED)
		return "The code was used already.";
	if (world_ms(w) >= f->expires)
		return "The code has expired.";
	if (redirect == NULL || strcmp(redirect, f->p.redirect_uri) != 0)
		return "The parameter redirect_uri is not that of the authorization request.";
	if (!verifier_fits(f, pairs_get(&x->req.form, "code_verifier")))
		return "The code_verifier does not fit the code_challenge.";
	return NULL;
}

static void
code_grant(struct world *w, struct exchange *x, const struct client *client)
{
	const char *code = pairs_get(&x->req.form, "code");
	struct flow *f = code == NULL ? NULL : flows_by_code(&w->flows, code);
	const char *why = judge_flow(w, x, client, f);
	const struct grant *g;

	if (why != NULL) {
		oauth_fail(x, OAUTH_INVALID_GRANT, why);
		/* RFC 6749 section 4.1.2: somebody else has the code too */
		if (f != NULL && f->state == FLOW_USED)
			grants_revoke(&w->grants, f->access);
		return;
	}
	g = grant(w, x,
	    &(struct grant_for){ .client_id = f->p.client_id,
	        .username = f->username,
	        .scope = f->p.scope,
	        .nonce = f->p.nonce,
	        .auth_time = f->auth_time });
	if (g != NULL) {
		f->state = FLOW_USED;
		memcpy(f->access, g->access, sizeof(f->access));
	}
}

void
ep_token(struct world *w, struct exchange *x)
{
	const char *type = pairs_get(&x->req.form, "grant_type");
	const struct client *client;

	if (type == NULL || *type == '\0') {
		oauth_fail(x, OAUTH_INVALID_REQUEST,
		    x->req.form.n == 0 ? "The body cannot be empty."
		                       : "The parameter grant_type is missing.");
		return;
	}
	client = client_auth(&w->people, x);
	if (strcmp(type, PEOPLE_DEVICE_GRANT) != 0 && strcmp(type, PEOPLE_CODE_GRANT) != 0)
		oauth_fail(x, OAUTH_INVALID_REQUEST, "The grant type is not known here.");
	else if (client == NULL)
		oauth_fail(x, OAUTH_INVALID_CLIENT, NULL);
	else if (!strlist_has(&client->grants, type))
		oauth_fail(x, OAUTH_UNAUTHORIZED_CLIENT, NULL);
	else if (strcmp(type, PEOPLE_DEVICE_GRANT) == 0)
		device_grant(w, x, client);
	else
		code_grant(w, x, client);
}
