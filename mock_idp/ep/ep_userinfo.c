/* UserInfo. OpenID Connect Core section 5.3; RFC 6750. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/oauth.h"

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

void
ep_userinfo(struct world *w, struct exchange *x)
{
	const char *token = find_token(x);
	const struct grant *g = token == NULL ? NULL : grants_find(&w->grants, token);
	json_t *body;

	if (g == NULL) {
		oauth_fail_bearer(x, OAUTH_REQUEST_UNAUTHORIZED);
	} else if (world_wall(w) >= g->expires) {
		oauth_fail_bearer(x, OAUTH_INVALID_TOKEN);
	} else if (!claims_has_scope(g->scope, "openid")) {
		oauth_fail_bearer(x, OAUTH_INSUFFICIENT_SCOPE);
	} else {
		body = claims_userinfo(w, g);
		msg_reply_json(&x->rep, 200, body);
		json_decref(body);
	}
}
