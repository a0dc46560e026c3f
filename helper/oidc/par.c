/* The answer to a pushed authorization request. */
#include "config.h"

#include <string.h>

#include "helper/oidc/check.h"
#include "helper/oidc/json.h"
#include "helper/oidc/par.h"
#include "helper/oidc/refusal.h"

static const struct refusal_reasons reasons = {
	.family = "par",
	.client = "par.client",
	.scope = "par.scope",
	.busy = "par.busy",
	.net = "par.net",
	.other = "par.refused",
	.endpoint = "the pushed authorization request endpoint",
	.advice = "are redirect_uri, scopes and the code grant registered for this client?",
};

/* It is encoded wherever it is written, but a provider that sends one of these means no good. */
static enum errcode
take_uri(struct par *p, const json_t *o, struct err *e)
{
	static const char chars[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/%+=@,;!$'()*[]";
	const char *s = "";
	enum json_found f = json_as_str(json_object_get(o, "request_uri"), PAR_URI_MAX, &s);

	if (CHECK(C_052) && (f != JSON_GOOD || *s == '\0'))
		return err_set(e, E_PROTO, "par.uri",
		    "the answer has no request_uri, or none of at most %d characters", PAR_URI_MAX);
	if (CHECK(C_052) && s[strspn(s, chars)] != '\0')
		return err_set(e, E_PROTO, "par.uri",
		    "the request_uri holds a character that no name of a request needs");
	memcpy(p->request_uri, s, strlen(s) + 1);
	return E_OK;
}

static enum errcode
take_life(struct par *p, const json_t *o, struct err *e)
{
	int64_t life = 0;
	enum json_found f = json_as_num(json_object_get(o, "expires_in"), true, &life);

	if (CHECK(C_052) && (f != JSON_GOOD || life == 0 || life > UINT32_MAX))
		return err_set(
		    e, E_PROTO, "par.exp", "expires_in is no whole number of seconds above 0");
	p->expires_in = (uint32_t)life;
	return E_OK;
}

enum errcode
par_parse(struct par *out, long status, const void *body, size_t len, struct err *e)
{
	struct par p = { .expires_in = 0 };
	json_t *o = NULL;
	enum errcode r;

	if (status >= 400)
		return refusal_of(&reasons, status, body, len, e);
	if (CHECK(C_050, C_052) && status != 201)
		return err_set(e, E_PROTO, "par.status",
		    "the pushed authorization request endpoint: found HTTP %ld, expected 201",
		    status);
	if ((r = json_read(&o, body, len, PAR_MAX, E_PROTO, "par", e)) == E_OK &&
	    (r = take_uri(&p, o, e)) == E_OK && (r = take_life(&p, o, e)) == E_OK)
		*out = p;
	json_decref(o);
	return r;
}
