/* One request to its endpoint, judged, answered, and written down. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/params.h"
#include "mock_idp/habits.h"
#include "mock_idp/pages/html.h"
#include "mock_idp/place.h"
#include "mock_idp/route.h"
#include "mock_idp/throttle.h"
#include "mock_idp/script/play.h"
#include "mock_idp/wire/fault.h"

enum { GET = 1, POST = 2 };

/* Whose doing a request is, and so what is judged: a page's cookies and forms are our own. */
enum visitor { CLIENT, BROWSER_SENT, BROWSER };

struct place {
	enum profile_place place; /* PLACES: the same with every provider, at path */
	const char *path;
	const char *ep; /* its word in scripts and in the journal */
	unsigned methods;
	enum visitor visitor;
	bool cors; /* browsers of other origins may read it */
	ep_fn *fn;
};

static const struct place places[] = {
	{ PLACE_DISCOVERY, NULL, "discovery", GET, CLIENT, true, ep_discovery },
	{ PLACE_OAUTH_METADATA, NULL, "oauth-metadata", GET, CLIENT, true, ep_discovery_oauth },
	{ PLACE_JWKS, NULL, "jwks", GET, CLIENT, true, ep_jwks },
	{ PLACE_DEVICE, NULL, "device", POST, CLIENT, false, ep_devauth },
	{ PLACE_TOKEN, NULL, "token", POST, CLIENT, false, ep_token },
	{ PLACE_USERINFO, NULL, "userinfo", GET | POST, CLIENT, false, ep_userinfo },
	{ PLACE_PAR, NULL, "par", POST, CLIENT, false, ep_par },
	{ PLACE_INTROSPECTION, NULL, "introspection", POST, CLIENT, false, ep_introspection },
	{ PLACE_REVOCATION, NULL, "revocation", POST, CLIENT, false, ep_revocation },
	/* the browser's cookies, the client's parameters */
	{ PLACE_AUTHORIZATION, NULL, "authorization", GET | POST, BROWSER_SENT, false,
	    ep_authorization },
	{ PLACE_VERIFICATION, NULL, "page", GET | POST, BROWSER, false, ep_consent },
	{ PLACES, EP_DECISION_PATH, "page", GET | POST, BROWSER, false, ep_decision },
	{ PLACES, "/consent/completion", "page", GET, BROWSER, false, ep_completion },
	{ PLACES, HTML_ICON_PATH, "page", GET, BROWSER, false, ep_icon },
};

/* The origin that the request came to. */
static const char *
origin_of(const struct world *w, const struct exchange *x)
{
	return x->origin == NULL ? w->origin : x->origin;
}

/* What a provider keeps on another origin is not found on its issuer's. */
static const struct place *
find_place(const struct world *w, const struct exchange *x)
{
	enum profile_place at = place_find(w, x->req.path);
	bool astray = at != PLACES && strcmp(place_origin(w, at), w->origin) != 0 &&
	    strcmp(place_origin(w, at), origin_of(w, x)) != 0;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]) && !astray; i++)
		if (places[i].place == at &&
		    (at != PLACES || strcmp(places[i].path, x->req.path) == 0))
			return &places[i];
	return NULL;
}

/* RFC 9110 section 7.2. */
static bool
right_host(const struct world *w, const struct exchange *x)
{
	static const char https[] = "https://";
	const char *host = pairs_get(&x->req.headers, "host");

	return host != NULL && strcmp(host, origin_of(w, x) + sizeof(https) - 1) == 0;
}

static void
judge_params(struct exchange *x, const struct pairs *p)
{
	for (size_t i = 0; i < p->n; i++) {
		/* RFC 6749 section 3.2: not more than once; without a value as if omitted */
		if (*p->v[i].value == '\0')
			msg_violation(x, "empty_parameter", p->v[i].name);
		/* but RFC 8707 section 2 */
		for (size_t k = 0; k < i && strcmp(p->v[i].name, "resource") != 0; k++)
			if (strcmp(p->v[i].name, p->v[k].name) == 0) {
				msg_violation(x, "duplicate_parameter", p->v[i].name);
				break;
			}
	}
}

/* What no careful client does, whether it is answered or not. */
static void
judge(struct world *w, struct exchange *x, enum visitor visitor)
{
	const struct request *req = &x->req;

	if (visitor == CLIENT && pairs_get(&req->headers, "cookie") != NULL)
		msg_violation(x, "cookie", NULL);
	if (pairs_count(&req->headers, "authorization") > 1)
		msg_violation(x, "duplicate_header", "authorization");
	if (!right_host(w, x))
		msg_violation(x, "host", pairs_get(&req->headers, "host"));
	if (req->bad_params)
		msg_violation(x, "malformed_parameters", NULL);
	if (strcmp(req->method, "POST") == 0 && !msg_is_form(req) && req->bodylen > 0)
		msg_violation(x, "content_type", pairs_get(&req->headers, "content-type"));
	if (strcmp(req->method, "GET") == 0 && req->bodylen > 0)
		msg_violation(x, "body_with_get", NULL);
	if (visitor != BROWSER) {
		judge_params(x, &req->query);
		judge_params(x, &req->form);
		params_judge(x);
	}
	if (visitor == CLIENT && x->ep != NULL)
		habits_judge(w, x);
}

/* JSON goes by the name that the provider gives it. */
static void
rename_json(const struct world *w, struct reply *rep)
{
	for (size_t i = 0; i < rep->headers.n; i++) {
		struct pair *h = &rep->headers.v[i];
		char *type;

		if (strcmp(h->name, "Content-Type") == 0 && strcmp(h->value, MSG_JSON) == 0 &&
		    (type = strdup(w->profile->places->json_type)) != NULL) {
			free(h->value);
			h->value = type; /* -fanalyzer: pairs_clear frees it */
		}
	}
}

/* True: browsers of other origins may read it. */
static bool
answer(struct world *w, struct exchange *x)
{
	static const char text[] = "text/plain; charset=utf-8";
	const struct place *p = find_place(w, x);
	unsigned method = strcmp(x->req.method, "GET") == 0 ? GET
	    : strcmp(x->req.method, "POST") == 0            ? POST
	                                                    : 0;

	if (p == NULL) {
		msg_violation(x, "unknown_path", NULL);
		msg_reply_text(&x->rep, 404, text, "404 Not Found");
	} else if ((p->methods & method) == 0) {
		msg_violation(x, "method", x->req.method);
		msg_reply_text(&x->rep, 405, text, "405 Method Not Allowed");
	} else if (!right_host(w, x) || x->req.bad_params) {
		/* Authelia makes the issuer from Host, and has none for a foreign one */
		msg_reply_text(&x->rep, 400, text, "400 Bad Request");
	} else {
		if (!throttle(w, x))
			p->fn(w, x);
		return p->cors;
	}
	return false;
}

static void
record(struct world *w, struct exchange *x)
{
	journal_record(&w->journal, x, x->arrived_us - w->start_us);
}

static void
finish(struct world *w, struct exchange *x)
{
	struct reply *rep = &x->rep;

	if (pairs_get(&rep->headers, "Cache-Control") == NULL)
		msg_reply_header(rep, "Cache-Control", "no-store");
	msg_reply_header(rep, "Pragma", "no-cache");
	msg_reply_header(rep, "X-Content-Type-Options", "nosniff");
	msg_reply_header(rep, "Referrer-Policy", "strict-origin-when-cross-origin");
	msg_reply_header(rep, "X-Frame-Options", "DENY");
	if (pairs_get(&rep->headers, "Content-Security-Policy") == NULL)
		msg_reply_header(rep, "Content-Security-Policy", "default-src 'none'");
	play_after(w, x);
	rep->close = rep->close || x->req.close;
	record(w, x);
}

/* The command drop-next: as if the request had been lost on its way. */
static bool
lost(struct world *w, struct exchange *x)
{
	static const struct fault drop = { .end = FAULT_DROP };

	if (w->drop_next == 0)
		return false;
	w->drop_next--;
	x->fault = &drop;
	x->rule = "drop-next";
	return true;
}

void
route(struct world *w, struct exchange *x)
{
	const struct place *p = find_place(w, x);
	bool cors;

	x->ep = p == NULL ? NULL : p->ep;
	judge(w, x, p == NULL ? CLIENT : p->visitor);
	if (lost(w, x)) {
		record(w, x);
		return;
	}
	play_before(w, x);
	cors = answer(w, x);
	play_instead(w, x);
	rename_json(w, &x->rep);
	if (x->rep.status == 0 && !x->rep.raw)
		msg_reply_text(
		    &x->rep, 500, "text/plain; charset=utf-8", "500 Internal Server Error");
	if (cors)
		msg_reply_header(&x->rep, "Access-Control-Allow-Origin", "*");
	finish(w, x);
	throttle_settle(w, x);
}

void
route_bad(struct world *w, struct exchange *x, int status)
{
	msg_violation(x, "malformed_request", NULL);
	msg_reply_text(&x->rep, status, "text/plain; charset=utf-8", "Bad Request");
	x->rep.close = true;
	finish(w, x);
}
