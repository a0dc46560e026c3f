/* The authorization code grant. RFC 6749 section 4.1.3, RFC 7636. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/grant.h"
#include "mock_idp/ep/issue.h"
#include "mock_idp/ep/oauth.h"
#include "mock_idp/ep/pkce.h"

/* Why a code is not exchanged. */
struct complaint {
	const char *why, *violation;
};

/* NULL: it is exchanged. */
static const struct complaint *
judge_flow(const struct world *w, const struct exchange *x, const struct client *client,
    const struct flow *f)
{
	static const struct complaint unknown = { "The code is not known.", "code_unknown" },
	                              foreign = { "The code is another client's.", "code_foreign" },
	                              used = { "The code was used already.", "code_replay" },
	                              late = { "The code has expired.", "code_expired" },
	                              back = { "The parameter redirect_uri is not that of the "
		                               "authorization request.",
		                              "redirect_mismatch" },
	                              pkce = { "The code_verifier does not fit the code_challenge.",
		                              "pkce_verifier" };
	const char *redirect = pairs_get(&x->req.form, "redirect_uri");

	if (f == NULL)
		return &unknown;
	if (strcmp(f->p.client_id, client->id) != 0)
		return &foreign;
	if (f->state == FLOW_USED)
		return &used;
	if (world_ms(w) >= f->expires)
		return &late;
	if (redirect == NULL || strcmp(redirect, f->p.redirect_uri) != 0)
		return &back;
	return pkce_fits(f->p.challenge, pairs_get(&x->req.form, "code_verifier")) ? NULL : &pkce;
}

void
grant_code(struct world *w, struct exchange *x, const struct client *client)
{
	const char *code = pairs_get(&x->req.form, "code");
	struct flow *f = code == NULL ? NULL : flows_by_code(&w->flows, code);
	const struct complaint *c = judge_flow(w, x, client, f);
	const struct grant *g;

	if (c != NULL) {
		msg_violation(x, c->violation, NULL);
		oauth_fail(x, OAUTH_INVALID_GRANT, c->why);
		/* RFC 6749 section 4.1.2: somebody else has the code too */
		if (f != NULL && f->state == FLOW_USED && !x->by.instead)
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
