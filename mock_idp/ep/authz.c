/* The authorization request, judged; and its answer. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/ep/authz.h"
#include "mock_idp/ep/judge.h"
#include "mock_idp/ep/redirect.h"
#include "mock_idp/profile/profile.h"

#define COMPLETION "/consent/completion"

static bool
is(const char *value, const char *wanted)
{
	return value != NULL && strcmp(value, wanted) == 0;
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
	char uri[sizeof(w->origin) + sizeof(COMPLETION)], status[16];
	bool ok;

	(void)snprintf(uri, sizeof(uri), "%s" COMPLETION, w->origin);
	(void)snprintf(status, sizeof(status), "%d", r->status);
	ok = add(&p, "error", r->error) && add(&p, "error_description", r->text) &&
	    add(&p, "error_hint", "") && add(&p, "error_status_code", status);
	out->to_completion = true;
	out->error = r->error;
	out->refusal = r;
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

/* Back to the client, unless the provider keeps its errors to itself. */
static bool
refuse_there(
    const struct world *w, const struct pairs *q, const struct refusal *r, struct authz *out)
{
	if (w->profile->authz->stays)
		return refuse_here(w, r, out);
	out->error = r->error;
	out->refusal = r;
	out->location = error_location(w, pairs_get(q, "redirect_uri"), pairs_get(q, "state"), r);
	return out->location != NULL;
}

static bool
begin(struct world *w, const struct pairs *q, bool pushed, bool somebody, struct authz *out)
{
	const struct client *c;
	const struct refusal *r = judge_place(w, q, pushed, &c);

	if (r != NULL)
		return refuse_here(w, r, out);
	if ((r = judge_request(w, c, q)) != NULL || (r = judge_question(w, c, q, somebody)) != NULL)
		return refuse_there(w, q, r, out);
	return (out->flow = start(w, c, pairs_get(q, "redirect_uri"), q)) != NULL;
}

/* RFC 9126 section 4: one that was pushed is good for one browser, and for the client that pushed
 * it. */
static bool
begin_pushed(
    struct world *w, const struct pairs *q, const char *uri, bool somebody, struct authz *out)
{
	static const char bad[] = "invalid_request_uri",
	                  text[] = "The request_uri is invalid, expired, or was used already.";
	static const struct refusal unknown = { bad, text, 400, "request_uri_unknown", NULL },
	                            again = { bad, text, 400, "request_uri_reuse", NULL },
	                            late = { bad, text, 400, "request_uri_expired", NULL },
	                            foreign = { "invalid_request",
		                            "The client_id is not that of the pushed request.", 400,
		                            "request_uri_foreign", "client_id" };
	struct pushed_request *p = pushed_find(&w->pushed, uri);

	if (p == NULL || p->used)
		return refuse_here(w, p == NULL ? &unknown : &again, out);
	p->used = true;
	if (world_ms(w) >= p->expires)
		return refuse_there(w, &p->params, &late, out);
	if (!is(pairs_get(q, "client_id"), pairs_get(&p->params, "client_id")))
		return refuse_there(w, &p->params, &foreign, out);
	return begin(w, &p->params, true, somebody, out);
}

bool
authz_begin(struct world *w, const struct pairs *q, bool somebody, struct authz *out)
{
	const char *uri = pairs_get(q, "request_uri");

	memset(out, 0, sizeof(*out));
	if (uri != NULL)
		return begin_pushed(w, q, uri, somebody, out);
	return begin(w, q, false, somebody, out);
}

char *
authz_approve(struct world *w, struct flow *f, const char *username, int64_t auth_time)
{
	struct pairs p = { .n = 0 };
	bool ok = flows_approve(f, &w->ids, username, auth_time, world_ms(w)) == E_OK;

	if (w->odd_codes)
		ids_make_odd(f->code);
	ok = ok && add(&p, "code", f->code) && add_iss(w, &p) &&
	    add(&p, "scope", w->profile->authz->scope ? f->p.scope : NULL) &&
	    add(&p, "state", f->p.state);
	return build(f->p.redirect_uri, &p, ok);
}

char *
authz_deny(struct world *w, struct flow *f)
{
	static const struct refusal denied = { "access_denied",
		"The person did not approve the request.", 400, NULL, NULL };

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
