/* The JWT by which a client says who it is. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/ep/assertion.h"
#include "mock_idp/place.h"
#include "mock_idp/jose/compact.h"
#include "mock_idp/jose/verify.h"
#include "mock_idp/place.h"

static bool
is(const char *value, const char *wanted)
{
	return value != NULL && strcmp(value, wanted) == 0;
}

/* As Authelia has it: whom sub names, or iss. */
static const struct client *
named_client(const struct world *w, const struct compact *c)
{
	const char *id = compact_string(c->claims, "sub");

	if (id == NULL || *id == '\0')
		id = compact_string(c->claims, "iss");
	return id == NULL ? NULL : people_client(&w->people, id);
}

/* RFC 8725 section 3.11: a JWT that was made for something else says so. */
static bool
good_typ(const struct compact *c)
{
	const json_t *v = json_object_get(c->header, "typ");

	return v == NULL || is(json_string_value(v), "JWT") ||
	    is(json_string_value(v), "client-authentication+jwt");
}

/* With a key of that kid, if the header names one. */
static const char *
judge_key(const struct client *client, const struct alg *a, const struct compact *c)
{
	const char *kid = compact_string(c->header, "kid"), *why = "assertion_key";

	for (size_t i = 0; i < json_array_size(client->jwks); i++) {
		const json_t *jwk = json_array_get(client->jwks, i);

		if (kid != NULL && !is(compact_string(jwk, "kid"), kid))
			continue;
		if (verify_jwk(a, jwk, c))
			return NULL;
		why = "assertion_signature";
	}
	return why;
}

static const char *
judge_signature(const struct client *client, const struct compact *c)
{
	const char *name = compact_string(c->header, "alg");
	const struct alg *a = name == NULL ? NULL : alg_find(name);

	if (a == NULL || a->kind == ALG_UNSIGNED || json_object_get(c->header, "crit") != NULL)
		return "assertion_alg";
	if (client->method != (a->kind == ALG_HMAC ? AUTH_SECRET_JWT : AUTH_KEY_JWT))
		return "method";
	if (a->kind != ALG_HMAC)
		return judge_key(client, a, c);
	return verify_hmac(a, client->secret, c) ? NULL : "assertion_signature";
}

/* The issuer, or an endpoint where it may be shown. */
static bool
is_ours(const struct world *w, const char *audience)
{
	static const enum profile_place places[] = { PLACE_TOKEN, PLACE_PAR };
	bool found = strcmp(audience, w->issuer) == 0;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]) && !found; i++) {
		json_t *url = place_url(w, places[i]);

		found = is(json_string_value(url), audience);
		json_decref(url);
	}
	return found;
}

static bool
good_audience(const struct world *w, const json_t *aud)
{
	if (json_is_string(aud))
		return is_ours(w, json_string_value(aud));
	for (size_t i = 0; i < json_array_size(aud); i++) {
		const char *s = json_string_value(json_array_get(aud, i));

		if (s != NULL && is_ours(w, s))
			return true;
	}
	return false;
}

/* A moment that must not lie ahead, if it is there at all. */
static bool
not_ahead(const struct world *w, const struct compact *c, const char *name)
{
	const json_t *v = json_object_get(c->claims, name);

	return v == NULL || (json_is_number(v) && json_number_value(v) <= (double)world_wall(w));
}

static const char *
judge_claims(const struct world *w, const struct client *client, const struct compact *c)
{
	const json_t *exp = json_object_get(c->claims, "exp");
	const char *jti = compact_string(c->claims, "jti");

	if (!is(compact_string(c->claims, "iss"), client->id))
		return "assertion_iss";
	if (!is(compact_string(c->claims, "sub"), client->id))
		return "assertion_sub";
	if (!good_audience(w, json_object_get(c->claims, "aud")))
		return "assertion_aud";
	if (!json_is_number(exp) || json_number_value(exp) <= (double)world_wall(w))
		return "assertion_exp";
	if (!not_ahead(w, c, "iat"))
		return "assertion_iat";
	if (!not_ahead(w, c, "nbf"))
		return "assertion_nbf";
	if (jti == NULL || *jti == '\0')
		return "assertion_jti";
	return assertions_seen(&w->assertions, client->id, jti, world_wall(w)) ? "assertion_replay"
	                                                                       : NULL;
}

/* It is good, and from now on used. */
static const char *
accept(struct world *w, const struct client *client, const struct compact *c, bool *far)
{
	double exp = json_number_value(json_object_get(c->claims, "exp")),
	       end = (double)(world_wall(w) + ASSERTION_LIFE);

	*far = exp > end;
	/* nobody can wait for what never expires to be forgotten */
	return assertions_add(&w->assertions, client->id, compact_string(c->claims, "jti"),
	           (int64_t)(*far ? end : exp), world_wall(w))
	    ? NULL
	    : "mock";
}

const char *
assertion_judge(
    struct world *w, const char *type, const char *text, const struct client **out, bool *far)
{
	const struct client *client;
	const char *why = NULL;
	struct compact c;

	*far = false;
	if (!is(type, ASSERTION_TYPE))
		return "assertion_type";
	if (text == NULL || *text == '\0')
		return "assertion_missing";
	if (!compact_read(&c, text))
		return "assertion_format";
	if ((client = named_client(w, &c)) == NULL)
		why = "unknown_client";
	else if (!good_typ(&c))
		why = "assertion_typ";
	else if ((why = judge_signature(client, &c)) == NULL &&
	    (why = judge_claims(w, client, &c)) == NULL &&
	    (why = accept(w, client, &c, far)) == NULL)
		*out = client;
	compact_clear(&c);
	return why;
}
