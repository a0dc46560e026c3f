/* The refresh token grant: each is good for one exchange. RFC 6749 section 6, RFC 9700 section
 * 4.14.2. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/grant.h"
#include "mock_idp/ep/issue.h"
#include "mock_idp/ep/oauth.h"

/* Why the token is not exchanged, as a hint; NULL: it is. */
static const char *
judge(struct world *w, struct exchange *x, const struct client *client, const struct grant *g)
{
	if (g == NULL)
		return "The refresh token is not known.";
	if (g->revoked) {
		/* it was stolen, or the client lost its successor: nobody can tell */
		msg_violation(x, g->refreshed ? "refresh_token_reuse" : "revoked_token", NULL);
		if (!x->by.instead)
			grants_revoke(&w->grants, g->family);
		return "The refresh token was used already, or revoked.";
	}
	if (world_wall(w) >= g->refresh_expires)
		return "The refresh token has expired.";
	return strcmp(g->client_id, client->id) == 0 ? NULL
	                                             : "The refresh token is another client's.";
}

static void
exchange(struct world *w, struct exchange *x, const struct grant *old, const char *scope)
{
	struct grant_for what = { .client_id = old->client_id,
		.username = old->username,
		.scope = scope == NULL ? old->approved : scope,
		.approved = old->approved,
		.nonce = old->nonce,
		.auth_time = old->auth_time,
		.family = old->family };
	struct grant *used;

	if (issue_tokens(w, x, &what) == NULL)
		return;
	/* unless it was the oldest of too many, and made room for its successor */
	if ((used = grants_by_refresh(&w->grants, pairs_get(&x->req.form, "refresh_token"))) !=
	    NULL)
		used->revoked = used->refreshed = true;
}

void
grant_refresh(struct world *w, struct exchange *x, const struct client *client)
{
	const char *token = pairs_get(&x->req.form, "refresh_token"),
	           *scope = pairs_get(&x->req.form, "scope");
	struct grant *g = token == NULL ? NULL : grants_by_refresh(&w->grants, token);
	const char *why = judge(w, x, client, g);

	if (scope != NULL && *scope == '\0')
		scope = NULL;
	if (why != NULL)
		oauth_fail(x, OAUTH_INVALID_GRANT, why);
	else if (scope != NULL && !claims_has_scopes(g->approved, scope))
		oauth_fail(x, OAUTH_INVALID_SCOPE, "It was not granted before.");
	else
		exchange(w, x, g, scope);
}
