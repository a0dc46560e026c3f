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
static const char device_grant[] = "urn:ietf:params:oauth:grant-type:device_code";

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
	if ((*ep->dst = strdup(s)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	return E_OK;
}

static enum errcode
take_endpoints(struct metadata *m, const json_t *o, const struct strlist *extra, struct err *e)
{
	const struct endpoint eps[] = {
		{ "jwks_uri", true, &m->jwks_uri },
		{ "token_endpoint", true, &m->token_endpoint },
		{ "device_authorization_endpoint", false, &m->device_authorization_endpoint },
		{ "userinfo_endpoint", false, &m->userinfo_endpoint },
	};
	struct err why = { .code = E_OK };
	struct url issuer;
	enum errcode r = E_OK;

	if (url_parse(m->issuer, &issuer, &why) != E_OK)
		return err_set(e, E_CFG, "cfg.iss", "issuer %s", why.text);
	for (size_t i = 0; i < sizeof(eps) / sizeof(eps[0]) && r == E_OK; i++)
		r = take_endpoint(&eps[i], o, &issuer, extra, e);
	return r;
}

/* RFC 8414 section 2. An empty list says as little as none (C-009). */
static enum errcode
take_lists(struct metadata *m, const json_t *o, struct err *e)
{
	const json_t *methods = json_object_get(o, "token_endpoint_auth_methods_supported");
	const json_t *types = json_object_get(o, "grant_types_supported");
	struct strlist grants = { .n = 0 };
	enum json_found f;

	f = json_as_strings(methods, LIST_MAX, LIST_BYTES, &m->auth_methods);
	if (CHECK(C_013) && f == JSON_BAD)
		return err_set(e, E_PROTO, "disc.auth",
		    "token_endpoint_auth_methods_supported is no list of texts");
	f = json_as_strings(types, LIST_MAX, LIST_BYTES, &grants);
	m->has_grant_types = grants.n > 0;
	m->grants_device = strlist_has(&grants, device_grant);
	strlist_clear(&grants);
	if (CHECK(C_014) && (f == JSON_BAD || (m->has_grant_types && !m->grants_device)))
		return err_set(e, E_PROTO, "disc.grant", "grant_types_supported %s",
		    f == JSON_BAD ? "is no list of texts" : "lacks the device grant");
	return E_OK;
}

enum errcode
metadata_parse(struct metadata **out, const void *body, size_t len, const char *issuer,
    const struct strlist *extra_origins, struct err *e)
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
	if ((r = take_endpoints(m, o, extra_origins, e)) != E_OK ||
	    (r = take_lists(m, o, e)) != E_OK)
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
	strlist_clear(&m->auth_methods);
	free(m);
}
