/* The authorization request, judged; and its answer. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/ep/authz.h"
#include "mock_idp/ep/pkce.h"
#include "mock_idp/ep/redirect.h"
#include "mock_idp/profile/profile.h"

#define COMPLETION "/consent/completion"

struct refusal {
	const char *error, *text, *status;
};

static const struct refusal unknown_client = { "invalid_client", "The client is not known here.",
	"401" };
static const struct refusal wrong_redirect = { "invalid_request",
	"The parameter redirect_uri is missing, or is none that the client registered.", "400" };

static bool
is(const char *value, const char *wanted)
{
	return value != NULL && strcmp(value, wanted) == 0;
}

/* Authelia's minimum_parameter_entropy; the RFCs have none. */
static bool
too_short(const struct world *w, const char *value)
{
	return strlen(value == NULL ? "" : value) < w->profile->authz->entropy;
}

/* RFC 7636 sections 4.3 and 4.4.1; a missing method means plain, which is off. RFC 9700 section
 * 2.1.1: a public client must. */
static const struct refusal *
judge_pkce(const struct world *w, const struct client *c, const struct pairs *q)
{
	static const struct refusal missing = { "invalid_request",
		"A public client must send a code_challenge.", NULL };
	static const struct refusal plain = { "invalid_request",
		"The code_challenge_method must be S256, and the challenge one of 43 characters.",
		NULL };
	const char *challenge = pairs_get(q, "code_challenge"),
	           *method = pairs_get(q, "code_challenge_method");

	if (challenge == NULL && method == NULL)
		return c->method == AUTH_NONE || w->profile->authz->pkce_all ? &missing : NULL;
	return challenge != NULL && is(method, "S256") && pkce_challenge_ok(challenge) ? NULL
	                                                                               : &plain;
}

static const struct refusal *
judge_prompt(const struct pairs *q, bool somebody)
{
	static const struct refusal login = { "login_required", "Nobody is signed in.", NULL };
	static const struct refusal consent = { "consent_required",
		"Each request is put to the person.", NULL };
	static const struct refusal age = { "invalid_request", "max_age is not a number.", NULL };
	const char *max_age = pairs_get(q, "max_age");
	uint64_t n;

	if (max_age != NULL && !num_parse(max_age, 0, INT32_MAX, &n))
		return &age;
	if (is(pairs_get(q, "prompt"), "none"))
		return somebody ? &consent : &login;
	return NULL;
}

static const struct refusal *
judge(const struct world *w, const struct client *c, const struct pairs *q, bool somebody)
{
	static const struct refusal state = { "invalid_state",
		"The parameter state has fewer than 8 characters.", NULL };
	static const struct refusal grant = { "unauthorized_client",
		"The client may not use the authorization code grant.", NULL };
	static const struct refusal type = { "unsupported_response_type",
		"The client may ask for the response type code alone.", NULL };
	static const struct refusal mode = { "unsupported_response_mode",
		"The answer comes as a query alone.", NULL };
	static const struct refusal scope = { "invalid_scope",
		"The client asks for a scope that it did not register.", NULL };
	static const struct refusal nonce = { "insufficient_entropy",
		"The parameter nonce has fewer than 8 characters.", NULL };
	const char *v, *scopes = pairs_get(q, "scope");
	const struct refusal *r;

	if (too_short(w, pairs_get(q, "state")))
		return &state;
	if (!is(pairs_get(q, "response_type"), "code"))
		return &type;
	if (!strlist_has(&c->grants, PEOPLE_CODE_GRANT))
		return &grant;
	if ((v = pairs_get(q, "response_mode")) != NULL && strcmp(v, "query") != 0)
		return &mode;
	if (!people_scopes_allowed(c, scopes == NULL ? "" : scopes))
		return &scope;
	if ((v = pairs_get(q, "nonce")) != NULL && too_short(w, v))
		return &nonce;
	r = judge_pkce(w, c, q);
	return r == NULL ? judge_prompt(q, somebody) : r;
}

static bool
add(struct pairs *p, const char *name, const char *value)
{
	return value == NULL || pairs_add(p, name, value) == E_OK;
}

/* RFC 9207, by those who do. */
static bool
add_iss(const struct world *w, struct pairs *p)
{
	return add(p, "iss", w->profile->authz->iss ? w->issuer : NULL);
}

static char *
build(const char *uri, struct pairs *p, bool ok)
{
	char *location = ok ? redirect_build(uri, p) : NULL;

	pairs_clear(p);
	return location;
}

static bool
refuse_here(const struct world *w, const struct refusal *r, struct authz *out)
{
	struct pairs p = { .n = 0 };
	bool ok = add(&p, "error", r->error) && add(&p, "error_description", r->text) &&
	    add(&p, "error_hint", "") &&
	    add(&p, "error_status_code", r->status == NULL ? "400" : r->status);
	char uri[sizeof(w->origin) + sizeof(COMPLETION)];

	(void)snprintf(uri, sizeof(uri), "%s" COMPLETION, w->origin);
	out->to_completion = true;
	out->error = r->error;
	return (out->location = build(uri, &p, ok)) != NULL;
}

static char *
error_location(const struct world *w, const char *uri, const char *state, const struct refusal *r)
{
	struct pairs p = { .n = 0 };
	bool ok = add(&p, "error", r->error) && add(&p, "error_description", r->text) &&
	    add_iss(w, &p) && add(&p, "state", state);

	return build(uri, &p, ok);
}

static bool
copy(char **to, const char *from)
{
	*to = from == NULL ? NULL : strdup(from);
	return from == NULL || *to != NULL;
}

/* A sign-in before that moment (ms) does not do. OpenID Connect Core section 3.1.2.1. */
static int64_t
auth_from(const struct world *w, const struct pairs *q)
{
	const char *max_age = pairs_get(q, "max_age");
	uint64_t n;

	if (is(pairs_get(q, "prompt"), "login"))
		return world_ms(w);
	if (max_age != NULL && num_parse(max_age, 0, INT32_MAX, &n))
		return world_ms(w) - (int64_t)n * 1000;
	return INT64_MIN;
}

static struct flow *
start(struct world *w, const struct client *c, const char *redirect, const struct pairs *q)
{
	const char *scope = pairs_get(q, "scope");
	struct flow_params p = { 0 };
	struct flow *f;

	if (!copy(&p.client_id, c->id) || !copy(&p.redirect_uri, redirect) ||
	    !copy(&p.scope, scope == NULL ? "" : scope) || !copy(&p.state, pairs_get(q, "state")) ||
	    !copy(&p.nonce, pairs_get(q, "nonce")) ||
	    !copy(&p.challenge, pairs_get(q, "code_challenge"))) {
		flows_clear_params(&p);
		return NULL;
	}
	if ((f = flows_new(&w->flows, &w->ids, &p, world_ms(w))) != NULL)
		f->auth_from = auth_from(w, q);
	return f;
}

bool
authz_begin(struct world *w, const struct pairs *q, bool somebody, struct authz *out)
{
	const char *id = pairs_get(q, "client_id"), *redirect = pairs_get(q, "redirect_uri");
	const struct client *c = id == NULL ? NULL : people_client(&w->people, id);
	const struct refusal *r;
	bool matches = false;

	memset(out, 0, sizeof(*out));
	if (c == NULL)
		return refuse_here(w, &unknown_client, out);
	for (size_t i = 0; redirect != NULL && i < c->redirects.n; i++)
		matches = matches || redirect_matches(c->redirects.v[i], redirect);
	if (!matches)
		return refuse_here(w, &wrong_redirect, out);
	if ((r = judge(w, c, q, somebody)) == NULL)
		return (out->flow = start(w, c, redirect, q)) != NULL;
	if (w->profile->authz->stays)
		return refuse_here(w, r, out);
	out->error = r->error;
	out->location = error_location(w, redirect, pairs_get(q, "state"), r);
	return out->location != NULL;
}

char *
authz_approve(struct world *w, struct flow *f, const char *username, int64_t auth_time)
{
	struct pairs p = { .n = 0 };
	bool ok = flows_approve(f, &w->ids, username, auth_time, world_ms(w)) == E_OK &&
	    add(&p, "code", f->code) && add_iss(w, &p) &&
	    add(&p, "scope", w->profile->authz->scope ? f->p.scope : NULL) &&
	    add(&p, "state", f->p.state);

	return build(f->p.redirect_uri, &p, ok);
}

char *
authz_deny(struct world *w, struct flow *f)
{
	static const struct refusal denied = { "access_denied",
		"The person did not approve the request.", NULL };

	f->state = FLOW_DENIED;
	return error_location(
	    w, f->p.redirect_uri, w->profile->authz->bare_denial ? NULL : f->p.state, &denied);
}

struct flow *
authz_waiting(const struct world *w, const char *id)
{
	struct flow *f = flows_by_id(&w->flows, id);

	return f != NULL && f->state == FLOW_ASKED && world_ms(w) < f->expires ? f : NULL;
}
