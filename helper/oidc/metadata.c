/* The discovery document. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "common/url.h"
#include "helper/oidc/check.h"
#include "helper/oidc/json.h"
#include "helper/oidc/metadata.h"
#include "helper/oidc/origin.h"

#define LIST_MAX 64
#define LIST_BYTES 4096

static const char well_known[] = "/.well-known/openid-configuration";

/* By enum metadata_flow. */
static const struct {
	const char *grant, *name;
} flows[] = {
	{ "urn:ietf:params:oauth:grant-type:device_code", "device" },
	{ "authorization_code", "authorization code" },
};

char *
metadata_url(const char *issuer)
{
	size_t len = strlen(issuer);
	char *s;

	if (len > 0 && issuer[len - 1] == '/')
		len--;
	if ((s = malloc(len + sizeof(well_known))) == NULL)
		return NULL;
	memcpy(s, issuer, len);
	memcpy(s + len, well_known, sizeof(well_known));
	return s;
}

static enum errcode
check_issuer(const json_t *o, const char *issuer, struct err *e)
{
	const char *is = NULL;
	char found[128];

	if (json_as_str(json_object_get(o, "issuer"), URL_MAX, &is) != JSON_GOOD)
		return err_set(e, E_PROTO, "disc.iss", "the metadata name no issuer");
	if (CHECK(C_004) && strcmp(is, issuer) != 0)
		return err_set(e, E_PROTO, "disc.iss",
		    "the provider calls itself %s, expected %.120s; set issuer in [provider] to "
		    "what "
		    "it calls itself, slash for slash",
		    text_escape(found, sizeof(found), is, strlen(is)), issuer);
	return E_OK;
}

struct endpoint {
	const char *name;
	bool required;
	char **dst;
};

static enum errcode
take_endpoint(const struct endpoint *ep, const json_t *o, const struct url *issuer,
    const struct strlist *extra, struct err *e)
{
	enum json_found f;
	const char *s = "";
	struct url u;
	struct err why = { .code = E_OK };

	f = json_as_str(json_object_get(o, ep->name), URL_MAX, &s);
	if (CHECK(C_006) && f == JSON_BAD)
		return err_set(e, E_PROTO, "disc.ep.type", "%s is no text, or too long", ep->name);
	if (*s == '\0')
		return CHECK(C_006) && ep->required
		    ? err_set(e, E_PROTO, "disc.ep.missing", "the metadata have no %s", ep->name)
		    : E_OK;
	if (url_parse(s, &u, &why) != E_OK)
		return err_set(e, E_PROTO, "disc.ep.url", "%s %s", ep->name, why.text);
	if (CHECK(C_007) && !origin_allowed(&u, issuer, extra))
		return err_set(e, E_PROTO, "disc.ep.foreign",
		    "%s is on %.100s:%u, neither the issuer's origin nor in extra_origins",
		    ep->name, u.host, u.port);
	/* -fanalyzer: the metadata own it */
	if ((*ep->dst = strdup(s)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	return E_OK;
}

static enum errcode
take_endpoints(struct metadata *m, const json_t *o, const struct strlist *extra,
    enum metadata_flow flow, struct err *e)
{
	const struct {
		struct endpoint ep;
		bool wanted;
	} rows[] = {
		{ { "jwks_uri", true, &m->jwks_uri }, true },
		{ { "token_endpoint", true, &m->token_endpoint }, true },
		{ { "userinfo_endpoint", false, &m->userinfo_endpoint }, true },
		{ { "device_authorization_endpoint", false, &m->device_authorization_endpoint },
		    flow == METADATA_DEVICE },
		{ { "authorization_endpoint", true, &m->authorization_endpoint },
		    flow == METADATA_LOOPBACK },
		{ { "pushed_authorization_request_endpoint", false, &m->par_endpoint },
		    flow == METADATA_LOOPBACK },
	};
	const struct endpoint revocation = { "revocation_endpoint", false,
		&m->revocation_endpoint };
	struct err why = { .code = E_OK };
	struct url issuer;
	enum errcode r = E_OK;

	if (url_parse(m->issuer, &issuer, &why) != E_OK)
		return err_set(e, E_CFG, "cfg.iss", "issuer %s", why.text);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && r == E_OK; i++)
		if (rows[i].wanted)
			r = take_endpoint(&rows[i].ep, o, &issuer, extra, e);
	/* no login fails for it: nothing is revoked where that would be somewhere else */
	if (r == E_OK && take_endpoint(&revocation, o, &issuer, extra, NULL) == E_NOMEM)
		r = err_set(e, E_NOMEM, NULL, "out of memory");
	return r;
}

/* RFC 8414 section 2. An empty list says as little as none (C-009). */
static enum errcode
take_methods(struct metadata *m, const json_t *o, struct err *e)
{
	const json_t *methods = json_object_get(o, "token_endpoint_auth_methods_supported");
	enum json_found f = json_as_strings(methods, LIST_MAX, LIST_BYTES, &m->auth_methods);

	if (f == JSON_NOMEM)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if (CHECK(C_013) && f == JSON_BAD)
		return err_set(e, E_PROTO, "disc.auth",
		    "token_endpoint_auth_methods_supported is no list of texts");
	return E_OK;
}

/* Idem. */
static enum errcode
check_grants(const json_t *o, enum metadata_flow flow, struct err *e)
{
	const json_t *types = json_object_get(o, "grant_types_supported");
	struct strlist grants = { .n = 0 };
	enum json_found f = json_as_strings(types, LIST_MAX, LIST_BYTES, &grants);
	bool lacks = grants.n > 0 && !strlist_has(&grants, flows[flow].grant);

	strlist_clear(&grants);
	if (f == JSON_NOMEM)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if (CHECK(C_014) && f == JSON_BAD)
		return err_set(
		    e, E_PROTO, "disc.grant", "grant_types_supported is no list of texts");
	if (CHECK(C_014) && lacks)
		return err_set(e, E_PROTO, "disc.grant", "grant_types_supported lacks the %s grant",
		    flows[flow].name);
	return E_OK;
}

/* RFC 9700 section 2.1.1: without the list PKCE is used all the same; an empty one says that there
 * is none (Kanidm, where an administrator has turned it off). C-011. */
static enum errcode
check_pkce(const json_t *o, struct err *e)
{
	const json_t *list = json_object_get(o, "code_challenge_methods_supported");
	struct strlist methods = { .n = 0 };
	enum json_found f = json_as_strings(list, LIST_MAX, LIST_BYTES, &methods);
	bool has = strlist_has(&methods, "S256");

	strlist_clear(&methods);
	if (f == JSON_NOMEM)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if (CHECK(C_011) && f != JSON_ABSENT && !has)
		return err_set(e, E_PROTO, "disc.pkce",
		    "code_challenge_methods_supported lacks S256: the loopback flow needs PKCE");
	return E_OK;
}

/* A member that is true, false, or not there. */
static bool
take_bool(bool *out, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	*out = json_is_true(v);
	return v == NULL || json_is_null(v) || json_is_boolean(v);
}

/* What the authorization endpoint is asked for, and how it answers. C-012, C-016. */
static enum errcode
take_loopback(struct metadata *m, const json_t *o, struct err *e)
{
	static const char iss[] = "authorization_response_iss_parameter_supported",
	                  par[] = "require_pushed_authorization_requests";

	bool iss_known = take_bool(&m->iss_always, o, iss),
	     par_known = take_bool(&m->par_required, o, par);

	if (CHECK(C_012) && !iss_known)
		return err_set(e, E_PROTO, "disc.issparam", "%s is neither true nor false", iss);
	if (CHECK(C_016) && !par_known)
		return err_set(e, E_PROTO, "disc.par", "%s is neither true nor false", par);
	if (CHECK(C_016) && m->par_required && m->par_endpoint == NULL)
		return err_set(e, E_PROTO, "disc.par",
		    "the provider requires pushed authorization requests, and names no endpoint "
		    "for them");
	return check_pkce(o, e);
}

enum errcode
metadata_parse(struct metadata **out, const void *body, size_t len, const char *issuer,
    const struct strlist *extra_origins, enum metadata_flow flow, struct err *e)
{
	struct metadata *m = NULL;
	json_t *o = NULL;
	enum errcode r;

	if ((r = json_read(&o, body, len, METADATA_MAX, E_PROTO, "disc", e)) != E_OK ||
	    (r = check_issuer(o, issuer, e)) != E_OK)
		goto out;
	if ((m = calloc(1, sizeof(*m))) == NULL || (m->issuer = strdup(issuer)) == NULL) {
		r = err_set(e, E_NOMEM, NULL, "out of memory");
		goto out;
	}
	if ((r = take_endpoints(m, o, extra_origins, flow, e)) != E_OK ||
	    (r = take_methods(m, o, e)) != E_OK || (r = check_grants(o, flow, e)) != E_OK ||
	    (flow == METADATA_LOOPBACK && (r = take_loopback(m, o, e)) != E_OK))
		goto out;
	*out = m;
	m = NULL;
out:
	metadata_free(m);
	json_decref(o);
	return r;
}

void
metadata_free(struct metadata *m)
{
	if (m == NULL)
		return;
	free(m->issuer);
	free(m->jwks_uri);
	free(m->token_endpoint);
	free(m->device_authorization_endpoint);
	free(m->userinfo_endpoint);
	free(m->authorization_endpoint);
	free(m->par_endpoint);
	free(m->revocation_endpoint);
	strlist_clear(&m->auth_methods);
	free(m);
}
