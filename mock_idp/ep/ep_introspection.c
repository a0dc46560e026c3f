/* Token introspection, as Authelia answers it. RFC 7662. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/client_auth.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/oauth.h"

/* The access token by which the caller proves that it may ask; NULL: there is none. */
static const char *
find_bearer(const struct request *req)
{
	static const char scheme[] = "Bearer ";
	const char *header = pairs_get(&req->headers, "authorization");

	if (header != NULL && strncasecmp(header, scheme, sizeof(scheme) - 1) == 0)
		return header + sizeof(scheme) - 1;
	return pairs_get(&req->form, "access_token");
}

/* Why the caller may not ask; NULL: it may. Section 2.1 wants either proof. */
static const char *
judge_caller(struct world *w, struct exchange *x, const char *token)
{
	const char *bearer = find_bearer(&x->req);
	const struct client *client;
	const struct grant *g;
	enum oauth_error error;

	if (bearer != NULL) {
		g = grants_find(&w->grants, bearer);
		if (token != NULL && strcmp(bearer, token) == 0)
			return "Bearer and introspection token are identical.";
		return g != NULL && world_wall(w) < g->expires
		    ? NULL
		    : "The bearer token is missing, malformed, or invalid.";
	}
	if ((client = client_auth(w, x, &error)) == NULL)
		return "The client did not authenticate, or in a way that is not registered.";
	/* Authelia up to 4.39 answers even that; its metadata say otherwise */
	if (client->method == AUTH_NONE)
		msg_violation(x, "client_auth", "public");
	return NULL;
}

/* The grant of a token that is good for something, and until when; NULL: there is none. */
static const struct grant *
find_active(const struct world *w, const char *token, int64_t *expires)
{
	const struct grant *g = token == NULL ? NULL : grants_find(&w->grants, token);

	if (g != NULL) {
		*expires = g->expires;
	} else if (token != NULL && (g = grants_by_refresh(&w->grants, token)) != NULL) {
		*expires = g->refresh_expires;
	}
	return g != NULL && !g->revoked && world_wall(w) < *expires ? g : NULL;
}

static json_t *
describe(const struct world *w, const char *token, const char *scope)
{
	int64_t expires = 0;
	const struct grant *g = find_active(w, token, &expires);

	/* asked for more than was granted, it is as good as none */
	if (g == NULL || (scope != NULL && !claims_has_scopes(g->scope, scope)))
		return json_pack("{s:b}", "active", 0);
	return json_pack("{s:b, s:s, s:I, s:I, s:s, s:s, s:s}", "active", 1, "client_id",
	    g->client_id, "exp", (json_int_t)expires, "iat", (json_int_t)g->issued, "scope",
	    g->scope, "sub", g->sub, "username", g->username);
}

void
ep_introspection(struct world *w, struct exchange *x)
{
	const char *token = pairs_get(&x->req.form, "token"), *why;
	json_t *body;

	if (x->req.form.n == 0) {
		oauth_fail(x, OAUTH_INVALID_REQUEST, "The body cannot be empty.");
		return;
	}
	if ((why = judge_caller(w, x, token)) != NULL) {
		oauth_fail(x, OAUTH_REQUEST_UNAUTHORIZED, why);
		return;
	}
	body = describe(w, token, pairs_get(&x->req.form, "scope"));
	msg_reply_json(&x->rep, 200, body);
	json_decref(body);
}
