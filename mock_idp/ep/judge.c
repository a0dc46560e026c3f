/* An authorization request, judged. */
#include "config.h"

#include <string.h>

#include "common/num.h"
#include "mock_idp/ep/judge.h"
#include "mock_idp/ep/pkce.h"
#include "mock_idp/ep/redirect.h"
#include "mock_idp/profile/profile.h"

static bool
is(const char *value, const char *wanted)
{
	return value != NULL && strcmp(value, wanted) == 0;
}

void
judge_note(struct exchange *x, const struct refusal *r, const struct pairs *q)
{
	if (r != NULL && r->violation != NULL)
		msg_violation(x, r->violation, r->about == NULL ? NULL : pairs_get(q, r->about));
}

const struct refusal *
judge_place(const struct world *w, const struct pairs *q, bool pushed, const struct client **c)
{
	static const struct refusal client = { "invalid_client", "The client is not known here.",
		401, "unknown_client", "client_id" };
	static const struct refusal par = { "invalid_request",
		"Pushed authorization requests are required, and this one was not.", 400,
		"par_required", NULL };
	static const struct refusal elsewhere = { "invalid_request",
		"The parameter redirect_uri is missing, or is none that the client registered.",
		400, "redirect_unregistered", "redirect_uri" };
	const char *id = pairs_get(q, "client_id"), *redirect = pairs_get(q, "redirect_uri");

	*c = id == NULL ? NULL : people_client(&w->people, id);
	if (!pushed && w->require_par)
		return &par;
	if (*c == NULL)
		return &client;
	if (!pushed && (*c)->require_par)
		return &par;
	for (size_t i = 0; redirect != NULL && i < (*c)->redirects.n; i++)
		if (redirect_matches((*c)->redirects.v[i], redirect))
			return NULL;
	return &elsewhere;
}

/* Authelia's minimum_parameter_entropy; the RFCs have none. */
static bool
too_short(const struct world *w, const char *value)
{
	return strlen(value == NULL ? "" : value) < w->profile->authz->entropy;
}

const struct refusal *
judge_request(const struct world *w, const struct client *c, const struct pairs *q)
{
	static const struct refusal object = { "request_not_supported",
		"Request objects are not served here.", 400, "not_served", "request" };
	static const struct refusal mode = { "unsupported_response_mode",
		"The answer comes as a query alone.", 400, "response_mode", "response_mode" };
	static const struct refusal scope = { "invalid_scope",
		"The client asks for a scope that it did not register.", 400, "scope", "scope" };
	static const struct refusal type = { "unsupported_response_type",
		"The client may ask for the response type code alone.", 400, "response_type",
		"response_type" };
	static const struct refusal state = { "invalid_state",
		"The parameter state has fewer than 8 characters.", 400, "short_state", NULL };
	const char *v, *scopes = pairs_get(q, "scope");

	if (pairs_get(q, "request") != NULL)
		return &object;
	if ((v = pairs_get(q, "response_mode")) != NULL && strcmp(v, "query") != 0)
		return &mode;
	if (!people_scopes_allowed(c, scopes == NULL ? "" : scopes))
		return &scope;
	if (!is(pairs_get(q, "response_type"), "code"))
		return &type;
	return too_short(w, pairs_get(q, "state")) ? &state : NULL;
}

/* RFC 7636 sections 4.3 and 4.4.1; a missing method means plain, which is off. RFC 9700 section
 * 2.1.1: a public client must. */
static const struct refusal *
judge_pkce(const struct world *w, const struct client *c, const struct pairs *q)
{
	static const struct refusal missing = { "invalid_request",
		"This client must send a code_challenge.", 400, "pkce_missing", NULL };
	static const struct refusal plain = { "invalid_request",
		"The code_challenge_method must be S256, and the challenge one of 43 characters.",
		400, "pkce_method", "code_challenge_method" };
	const char *challenge = pairs_get(q, "code_challenge"),
	           *method = pairs_get(q, "code_challenge_method");
	bool must = c->method == AUTH_NONE || c->require_pkce || w->profile->authz->pkce_all;

	if (challenge == NULL && method == NULL)
		return must ? &missing : NULL;
	return challenge != NULL && is(method, "S256") && pkce_challenge_ok(challenge) ? NULL
	                                                                               : &plain;
}

static const struct refusal *
judge_prompt(const struct pairs *q, bool somebody)
{
	static const struct refusal login = { "login_required", "Nobody is signed in.", 400, NULL,
		NULL };
	static const struct refusal consent = { "consent_required",
		"Each request is put to the person.", 400, NULL, NULL };
	static const struct refusal age = { "invalid_request", "max_age is not a number.", 400,
		"max_age", "max_age" };
	const char *max_age = pairs_get(q, "max_age");
	uint64_t n;

	if (max_age != NULL && !num_parse(max_age, 0, INT32_MAX, &n))
		return &age;
	if (is(pairs_get(q, "prompt"), "none"))
		return somebody ? &consent : &login;
	return NULL;
}

const struct refusal *
judge_question(const struct world *w, const struct client *c, const struct pairs *q, bool somebody)
{
	static const struct refusal grant = { "unauthorized_client",
		"The client may not use the authorization code grant.", 400, "grant", NULL };
	static const struct refusal nonce = { "insufficient_entropy",
		"The parameter nonce has fewer than 8 characters.", 400, "short_nonce", NULL };
	const char *v = pairs_get(q, "nonce");
	const struct refusal *r;

	if (!strlist_has(&c->grants, PEOPLE_CODE_GRANT))
		return &grant;
	if (v != NULL && too_short(w, v))
		return &nonce;
	r = judge_pkce(w, c, q);
	return r == NULL ? judge_prompt(q, somebody) : r;
}

/* RFC 8252 section 8.3: a name can lead elsewhere than to this machine. */
void
judge_habits(struct exchange *x, const struct pairs *q)
{
	static const char name[] = "http://localhost";
	const char *redirect = pairs_get(q, "redirect_uri");
	size_t n = sizeof(name) - 1;

	if (redirect != NULL && strncmp(redirect, name, n) == 0 &&
	    (redirect[n] == '\0' || strchr(":/?", redirect[n]) != NULL))
		msg_violation(x, "redirect_localhost", redirect);
}
