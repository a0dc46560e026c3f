/* One client of the users file. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/ep/redirect.h"
#include "mock_idp/jose/jwkpub.h"
#include "mock_idp/store/client_file.h"
#include "mock_idp/store/members.h"

/* What Authelia registers when nothing is said: none for a public client, else basic. */
static enum errcode
parse_method(const json_t *o, struct client *c, struct err *e)
{
	const char *name = c->secret == NULL ? "none" : "client_secret_basic";
	const json_t *v = json_object_get(o, "token_endpoint_auth_method");

	if (v != NULL)
		name = json_string_value(v);
	if (name == NULL || !people_method(name, &c->method))
		return err_set(e, E_CFG, NULL,
		    "\"token_endpoint_auth_method\" must be none, client_secret_basic, "
		    "client_secret_post, client_secret_jwt or private_key_jwt");
	if ((c->method == AUTH_NONE || c->method == AUTH_KEY_JWT) != (c->secret == NULL))
		return err_set(e, E_CFG, NULL, "client %.64s: %s and its secret do not go together",
		    c->id, name);
	if (c->method == AUTH_SECRET_JWT && strlen(c->secret) < PEOPLE_JWT_SECRET)
		return err_set(e, E_CFG, NULL,
		    "client %.64s: a secret for %s has %d characters or more", c->id, name,
		    PEOPLE_JWT_SECRET);
	return E_OK;
}

/* The keys of private_key_jwt, each of a kind that can verify something. */
static enum errcode
parse_jwks(const json_t *o, struct client *c, struct err *e)
{
	const json_t *v = json_object_get(o, "jwks");

	if ((c->method == AUTH_KEY_JWT) != (v != NULL))
		return err_set(e, E_CFG, NULL,
		    "client %.64s: private_key_jwt and \"jwks\" go together", c->id);
	if (v == NULL)
		return E_OK;
	if (json_array_size(v) == 0)
		return err_set(e, E_CFG, NULL, "\"jwks\" must be an array of JWK");
	for (size_t i = 0; i < json_array_size(v); i++) {
		EVP_PKEY *key = jwkpub_read(json_array_get(v, i));

		if (key == NULL)
			return err_set(e, E_CFG, NULL,
			    "\"jwks\"[%zu] is no public key: RSA of 2048 bits or more, P-256, "
			    "P-384, P-521 or Ed25519",
			    i);
		EVP_PKEY_free(key);
	}
	return (c->jwks = json_deep_copy(v)) == NULL ? E_NOMEM : E_OK;
}

static enum errcode
check_redirects(const struct client *c, struct err *e)
{
	for (size_t i = 0; i < c->redirects.n; i++)
		if (!redirect_registrable(c->redirects.v[i]))
			return err_set(e, E_CFG, NULL,
			    "\"redirect_uris\" must be https, or http to 127.0.0.1, [::1] or "
			    "localhost, without a fragment");
	return E_OK;
}

/* "none" is JSON, as it is without the member. OpenID Connect Registration section 2. */
static enum errcode
parse_userinfo_alg(const json_t *o, struct client *c, struct err *e)
{
	static const char member[] = "userinfo_signed_response_alg";
	const json_t *v = json_object_get(o, member);
	const char *name = v == NULL ? "none" : json_string_value(v);
	const struct alg *a = name == NULL ? NULL : alg_find(name);

	if (a == NULL || (a->id != ALG_NONE && a->id >= ALG_PUBLIC))
		return err_set(e, E_CFG, NULL,
		    "\"%s\" must be none, or an algorithm of public keys, like RS256", member);
	c->userinfo_alg = a->id == ALG_NONE ? NULL : a;
	return E_OK;
}

/* What a client without a word about it gets, and what it may ask for. */
static enum errcode
parse_rights(const json_t *o, struct client *c, struct err *e)
{
	static const char *const scopes[] = { "openid", "profile", "email", "groups", NULL };
	static const char *const grants[] = { PEOPLE_DEVICE_GRANT, NULL };
	static const char *const none[] = { NULL };
	enum errcode r;

	if ((r = members_strings(o, "scopes", scopes, &c->scopes, e)) != E_OK ||
	    (r = members_strings(o, "grant_types", grants, &c->grants, e)) != E_OK ||
	    (r = members_strings(o, "redirect_uris", none, &c->redirects, e)) != E_OK ||
	    (r = check_redirects(c, e)) != E_OK ||
	    (r = members_bool(o, "require_pkce", &c->require_pkce, e)) != E_OK)
		return r;
	return members_bool(o, "require_pushed_authorization_requests", &c->require_par, e);
}

enum errcode
client_file_parse(struct client *out, json_t *o, struct err *e)
{
	static const char *const known[] = { "client_id", "client_secret",
		"token_endpoint_auth_method", "jwks", "scopes", "grant_types", "redirect_uris",
		"require_pushed_authorization_requests", "require_pkce",
		"userinfo_signed_response_alg", NULL };
	struct client c = { 0 };
	enum errcode r;

	if (!json_is_object(o))
		return err_set(e, E_CFG, NULL, "each of \"clients\" must be an object");
	if ((r = members_only(o, known, "a client", e)) != E_OK ||
	    (r = members_string(o, "client_id", NULL, &c.id, e)) != E_OK ||
	    (r = members_string(o, "client_secret", NULL, &c.secret, e)) != E_OK)
		goto out;
	if (c.id == NULL) {
		r = err_set(e, E_CFG, NULL, "a client has no \"client_id\"");
		goto out;
	}
	if ((r = parse_method(o, &c, e)) != E_OK || (r = parse_jwks(o, &c, e)) != E_OK ||
	    (r = parse_rights(o, &c, e)) != E_OK || (r = parse_userinfo_alg(o, &c, e)) != E_OK)
		goto out;
	*out = c;
	return E_OK;
out:
	people_clear_client(&c);
	return r;
}
