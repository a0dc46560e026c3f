/* Which parameters an endpoint knows, and which it cannot do without. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/params.h"
#include "mock_idp/store/people.h"

/* RFC 6749 section 2.3, RFC 7521 section 4.2 */
#define AUTH "client_id client_secret client_assertion client_assertion_type "
/* RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect Core section 3.1.2.1, RFC 8707, RFC
 * 9101, RFC 9449 section 10, OAuth 2.0 Multiple Response Types; audience is Authelia's */
#define AUTHORIZATION                                                                              \
	"response_type client_id redirect_uri scope state code_challenge code_challenge_method "   \
	"nonce display prompt max_age ui_locales id_token_hint login_hint acr_values claims "      \
	"claims_locales registration request request_uri response_mode resource dpop_jkt "         \
	"authorization_details audience "

/* The first row that fits is the one. */
static const struct row {
	const char *ep;
	const char *name, *value; /* only where that parameter is there (value NULL: any); NULL */
	const char *required;
	const char *known;    /* besides; NULL: whatever comes */
	const char *stranger; /* what one is called that is neither */
	bool form;            /* nothing in the address */
} rows[] = {
	{ "discovery", NULL, NULL, "", "", "unknown_parameter", false },
	{ "oauth-metadata", NULL, NULL, "", "", "unknown_parameter", false },
	{ "jwks", NULL, NULL, "", "", "unknown_parameter", false },
	/* RFC 8628 section 3.1; the others are what providers take from an authorization request */
	{ "device", NULL, NULL, "client_id",
	    AUTH "scope resource audience nonce acr_values max_age prompt claims login_hint "
	         "code_challenge code_challenge_method",
	    "unknown_parameter", true },
	{ "token", "grant_type", PEOPLE_DEVICE_GRANT, "grant_type device_code",
	    AUTH "resource audience code_verifier", "unknown_parameter", true },
	{ "token", "grant_type", PEOPLE_CODE_GRANT, "grant_type code redirect_uri",
	    AUTH "code_verifier resource audience", "unknown_parameter", true },
	{ "token", "grant_type", PEOPLE_REFRESH_GRANT, "grant_type refresh_token",
	    AUTH "scope resource audience", "unknown_parameter", true },
	{ "token", NULL, NULL, "grant_type", NULL, NULL, true },
	{ "userinfo", NULL, NULL, "", "access_token", "unknown_parameter", false },
	/* RFC 9126 section 4, RFC 9101 section 5: the rest is in what was pushed */
	{ "authorization", "request_uri", NULL, "client_id request_uri", "", "beside_request_uri",
	    false },
	{ "authorization", NULL, NULL, "client_id response_type redirect_uri", AUTHORIZATION,
	    "unknown_parameter", false },
	{ "par", NULL, NULL, "response_type redirect_uri", AUTH AUTHORIZATION, "unknown_parameter",
	    true },
	{ "introspection", NULL, NULL, "token", AUTH "token_type_hint scope access_token",
	    "unknown_parameter", true },
	{ "revocation", NULL, NULL, "token", AUTH "token_type_hint", "unknown_parameter", true },
};

static bool
has_word(const char *list, const char *word)
{
	size_t want = strlen(word);

	while (*list != '\0') {
		size_t n = strcspn(list, " ");

		if (n == want && strncmp(list, word, n) == 0)
			return true;
		list += n;
		list += strspn(list, " ");
	}
	return false;
}

/* The parameter's first value, wherever it stands. */
static const char *
value_of(const struct request *req, const char *name)
{
	const char *v = pairs_get(&req->form, name);

	return v == NULL ? pairs_get(&req->query, name) : v;
}

static const struct row *
find_row(const struct exchange *x)
{
	for (size_t i = 0; x->ep != NULL && i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		const char *v = r->name == NULL ? NULL : value_of(&x->req, r->name);

		if (strcmp(r->ep, x->ep) == 0 &&
		    (r->name == NULL ||
		        (v != NULL && (r->value == NULL || strcmp(r->value, v) == 0))))
			return r;
	}
	return NULL;
}

static void
judge_present(struct exchange *x, const struct row *r, const struct pairs *p)
{
	for (size_t i = 0; i < p->n && r->known != NULL; i++)
		if (!has_word(r->required, p->v[i].name) && !has_word(r->known, p->v[i].name))
			msg_violation(x, r->stranger, p->v[i].name);
}

static void
judge_absent(struct exchange *x, const struct row *r)
{
	char word[64];

	for (const char *at = r->required; *at != '\0'; at += strspn(at, " ")) {
		size_t n = strcspn(at, " ");

		memcpy(word, at, n);
		word[n] = '\0';
		if (value_of(&x->req, word) == NULL)
			msg_violation(x, "missing_parameter", word);
		at += n;
	}
}

void
params_judge(struct exchange *x)
{
	const struct row *r = find_row(x);

	if (r == NULL)
		return;
	for (size_t i = 0; i < x->req.query.n && r->form; i++)
		msg_violation(x, "parameter_in_query", x->req.query.v[i].name);
	judge_present(x, r, &x->req.query);
	judge_present(x, r, &x->req.form);
	judge_absent(x, r);
}
