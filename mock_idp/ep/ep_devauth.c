/* Device authorization. RFC 8628 sections 3.1 and 3.2. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/answer.h"
#include "mock_idp/ep/client_auth.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/pkce.h"
#include "mock_idp/place.h"

#define HOUR_MS 3600000

static void
set(json_t *body, const char *name, json_t *value)
{
	(void)json_object_set_new(body, name, value);
}

static void
answer(const struct world *w, struct exchange *x, const struct code *c)
{
	const struct profile_device *d = w->profile->device;
	json_t *uri = place_url(w, PLACE_VERIFICATION);
	const char *at = json_string_value(uri);
	json_t *body = json_pack("{s:s, s:i, s:i, s:s, s:o}", "device_code", c->device,
	    "expires_in", (int)(w->expires_in - d->trim), "interval", (int)w->interval, "user_code",
	    c->user, d->uri_name, uri);

	if (d->complete)
		set(body, "verification_uri_complete",
		    json_sprintf("%s?%s=%s", at, d->code_name, c->user));
	if (d->message)
		set(body, "message",
		    json_sprintf("To sign in, use a web browser to open the page %s and enter the "
		                 "code %s to authenticate.",
		        at, c->user));
	msg_reply_json(&x->rep, 200, body);
	json_decref(body);
}

/* A nonce that will not come back is none; what a provider does not read is not kept. */
static const char *
nonce_of(const struct world *w, struct exchange *x)
{
	const char *nonce = pairs_get(&x->req.form, "nonce");

	if (nonce != NULL && strlen(nonce) < w->profile->authz->entropy)
		msg_violation(x, "short_nonce", NULL);
	return w->profile->device->nonce ? nonce : NULL;
}

/* client NULL: a code for a client that there is not, or that did not prove itself. */
static void
issue(struct world *w, struct exchange *x, const struct client *client, const char *scope)
{
	const char *id = pairs_get(&x->req.form, "client_id"), *challenge = NULL,
	           *nonce = nonce_of(w, x);
	struct code *c;

	if (x->by.instead)
		return;
	c = codes_new(&w->codes, &w->ids,
	    client != NULL   ? client->id
	        : id == NULL ? ""
	                     : id,
	    scope, nonce);
	if (w->profile->device->pkce != DEVICE_PKCE_IGNORED)
		challenge = pairs_get(&x->req.form, "code_challenge");
	if (c == NULL || (challenge != NULL && (c->challenge = strdup(challenge)) == NULL)) {
		answer_fail(w, x, OUTCOME_START_FAILED, NULL);
		return;
	}
	if (w->odd_codes)
		ids_make_odd(c->device);
	msg_known(x, "device_code", c->device);
	msg_known(x, "user_code", c->user);
	c->doomed = client == NULL;
	if (w->auto_user != NULL && codes_approve(c, w->auto_user, world_wall(w)) != E_OK)
		msg_violation(x, "mock", "cannot approve");
	c->issued = c->last_answer = c->in_time = world_ms(w);
	c->expires = c->issued + (int64_t)w->expires_in * 1000;
	answer(w, x, c);
}

/* RFC 7636 section 4.3, by those providers that know it for the device grant too. */
static bool
good_challenge(const struct world *w, const struct exchange *x)
{
	const char *challenge = pairs_get(&x->req.form, "code_challenge"),
	           *method = pairs_get(&x->req.form, "code_challenge_method");

	switch (w->profile->device->pkce) {
	case DEVICE_PKCE_IGNORED:
		return true;
	case DEVICE_PKCE_BINDS:
	case DEVICE_PKCE_REQUIRED:
		if (challenge == NULL)
			return w->profile->device->pkce == DEVICE_PKCE_BINDS;
		return method != NULL && strcmp(method, "S256") == 0 &&
		    pkce_challenge_ok(challenge);
	}
	return false;
}

/* One more of those that are answered within the hour? */
static bool
too_many(struct world *w)
{
	int64_t now = world_ms(w);

	if (w->starts == 0 || now >= w->starts_until) {
		w->starts = 0;
		w->starts_until = now + HOUR_MS;
	}
	return w->profile->device->hourly != 0 && ++w->starts > w->profile->device->hourly;
}

void
ep_devauth(struct world *w, struct exchange *x)
{
	const struct profile_device *d = w->profile->device;
	const char *scope = pairs_get(&x->req.form, "scope");
	enum oauth_error error; /* all of them have the same status here */
	const struct client *client = client_auth_as(w, x, d->start, &error);
	bool anybody = d->start == PROOF_NONE;

	if (d->start_id && pairs_get(&x->req.form, "client_id") == NULL) {
		msg_violation(x, "client_id_not_in_body", NULL);
		client = NULL;
	}
	if (too_many(w))
		answer_fail(w, x, OUTCOME_START_TOO_MANY, NULL);
	else if (client == NULL && !anybody)
		answer_fail(w, x, OUTCOME_START_CLIENT, NULL);
	else if (client != NULL && !strlist_has(&client->grants, PEOPLE_DEVICE_GRANT))
		answer_fail(w, x, OUTCOME_START_GRANT, NULL);
	else if ((scope == NULL && d->wants_scope) ||
	    (scope != NULL && client != NULL && !people_scopes_allowed(client, scope)))
		answer_fail(w, x, OUTCOME_START_SCOPE, NULL);
	else if (!good_challenge(w, x))
		answer_fail(w, x, OUTCOME_START_CHALLENGE, NULL);
	else
		issue(w, x, client, scope == NULL ? "" : scope);
}
