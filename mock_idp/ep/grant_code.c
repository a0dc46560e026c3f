/* The authorization code grant. RFC 6749 section 4.1.3, RFC 7636. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/grant.h"
#include "mock_idp/ep/issue.h"
#include "mock_idp/ep/oauth.h"
#include "mock_idp/ep/pkce.h"

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
	if (!pkce_fits(f->p.challenge, pairs_get(&x->req.form, "code_verifier")))
		return "The code_verifier does not fit the code_challenge.";
	return NULL;
}

void
grant_code(struct world *w, struct exchange *x, const struct client *client)
{
	const char *code = pairs_get(&x->req.form, "code");
	struct flow *f = code == NULL ? NULL : flows_by_code(&w->flows, code);
	const char *why = judge_flow(w, x, client, f);
	const struct grant *g;

	if (why != NULL) {
		oauth_fail(x, OAUTH_INVALID_GRANT, why);
		/* RFC 6749 section 4.1.2: somebody else has the code too */
		if (f != NULL && f->state == FLOW_USED)
			grants_revoke(&w->grants, f->family);
		return;
	}
	g = issue_tokens(w, x,
	    &(struct grant_for){ .client_id = f->p.client_id,
	        .username = f->username,
	        .scope = f->p.scope,
	        .nonce = f->p.nonce,
	        .auth_time = f->auth_time });
	if (g != NULL) {
		f->state = FLOW_USED;
		f->family = g->family;
	}
}
