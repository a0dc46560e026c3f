/* What an endpoint says instead. */
#include "config.h"

#include <string.h>

#include "helper/oidc/json.h"
#include "helper/oidc/oautherr.h"
#include "helper/oidc/refusal.h"

#define REFUSAL_MAX (64 * 1024) /* bytes of a body */

/* The reason when it is the registration, NULL: something else. The error code says it, whatever
 * the status; authelia.md: a 401 may say nothing but `{}`. */
static const char *
about_us(const struct refusal_reasons *why, long status, const char *code)
{
	if (strcmp(code, "invalid_client") == 0 || strcmp(code, "unauthorized_client") == 0)
		return why->client;
	if (strcmp(code, "invalid_scope") == 0)
		return why->scope;
	return status == 401 ? why->client : NULL;
}

enum errcode
refusal_of(
    const struct refusal_reasons *why, long status, const void *body, size_t len, struct err *e)
{
	char words[OAUTHERR_WORDS];
	const char *code = "", *ours;
	json_t *o = NULL;
	enum errcode r;

	if (json_read(&o, body, len, REFUSAL_MAX, E_PROTO, why->family, NULL) != E_OK)
		o = NULL;
	(void)oautherr_code(o, &code);
	(void)oautherr_words(words, o);
	if ((ours = about_us(why, status, code)) != NULL)
		r = err_set(e, E_CFG, ours,
		    "%s refuses this client: HTTP %ld, %s; compare client_id, client_auth, the "
		    "secret and scopes with its registration",
		    why->endpoint, status, words);
	else if (status == 429)
		r = err_set(e, E_BUSY, why->busy, "%s was asked too often (429)", why->endpoint);
	else if (status >= 500 && status <= 599)
		r = err_set(e, E_NET, why->net, "%s failed: HTTP %ld", why->endpoint, status);
	else
		r = err_set(e, E_PROTO, why->other, "%s refuses: HTTP %ld, %s; %s", why->endpoint,
		    status, words, why->advice);
	json_decref(o);
	return r;
}
