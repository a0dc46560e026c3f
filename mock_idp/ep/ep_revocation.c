/* Token revocation, as Authelia answers it. RFC 7009. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/client_auth.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/oauth.h"

/* A token of either kind, revoked or not; the hint changes nothing. */
static const struct grant *
find(const struct world *w, const char *token)
{
	const struct grant *g = token == NULL ? NULL : grants_known(&w->grants, token);

	return g != NULL || token == NULL ? g : grants_by_refresh(&w->grants, token);
}

static void
refuse(struct exchange *x, enum oauth_error error)
{
	/* Authelia's writer knows some errors, and this one is not among them */
	if (error == OAUTH_JTI_KNOWN) {
		msg_reply_empty(&x->rep, 500);
		x->rep.error = "jti_known";
	} else {
		oauth_fail(x, error, NULL);
	}
}

void
ep_revocation(struct world *w, struct exchange *x)
{
	enum oauth_error error;
	const struct client *client;
	const struct grant *g;

	if (x->req.form.n == 0) {
		oauth_fail(x, OAUTH_INVALID_REQUEST, NULL);
		return;
	}
	if ((client = client_auth(w, x, &error)) == NULL) {
		refuse(x, error);
		return;
	}
	g = find(w, pairs_get(&x->req.form, "token"));
	if (g != NULL && strcmp(g->client_id, client->id) != 0) {
		msg_violation(x, "foreign_token", g->client_id);
		oauth_fail(x, OAUTH_UNAUTHORIZED_CLIENT, NULL);
		return;
	}
	/* section 2.1: the refresh token's access tokens too; Authelia does it either way */
	if (g != NULL && !x->by.instead)
		grants_revoke(&w->grants, g->family);
	/* section 2.2: also for a token that there is not */
	msg_reply_empty(&x->rep, 200);
}
