/* The authorization code grant. RFC 6749 section 4.1.3, RFC 7636. */
#include "config.h"

#include <string.h>

#include <openssl/sha.h>

#include "common/b64url.h"
#include "mock_idp/ep/grant.h"
#include "mock_idp/ep/issue.h"
#include "mock_idp/ep/oauth.h"

/* RFC 7636 section 4.6; a verifier without a challenge is a downgrade (RFC 9700 section 2.1.1). */
static bool
verifier_fits(const struct flow *f, const char *verifier)
{
	static const char chars[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	char text[B64URL_ENCODED(SHA256_DIGEST_LENGTH) + 1];
	uint8_t md[SHA256_DIGEST_LENGTH];
	size_t len;

	if (verifier == NULL || f->p.challenge == NULL)
		return verifier == NULL && f->p.challenge == NULL;
	len = strlen(verifier);
	if (len < 43 || len > 128 || strspn(verifier, chars) != len)
		return false;
	(void)SHA256((const unsigned char *)verifier, len, md);
	b64url_encode(text, md, sizeof(md));
	return strcmp(text, f->p.challenge) == 0;
}

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
	if (!verifier_fits(f, pairs_get(&x->req.form, "code_verifier")))
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
