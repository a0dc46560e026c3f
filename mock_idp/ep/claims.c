/* What the provider says about a person. */
#include "config.h"

#include <string.h>

#include <openssl/sha.h>

#include "common/b64url.h"
#include "mock_idp/ep/claims.h"

#define NONCE_MIN 8 /* Authelia's minimum_parameter_entropy */

bool
claims_has_scope(const char *scopes, const char *word)
{
	size_t want = strlen(word);

	while (*scopes != '\0') {
		size_t n = strcspn(scopes, " ");

		if (n == want && strncmp(scopes, word, n) == 0)
			return true;
		scopes += n;
		scopes += strspn(scopes, " ");
	}
	return false;
}

bool
claims_has_scopes(const char *scopes, const char *asked)
{
	while (*asked != '\0') {
		size_t n = strcspn(asked, " ");
		char word[128];

		if (n >= sizeof(word))
			return false;
		memcpy(word, asked, n);
		word[n] = '\0';
		if (n > 0 && !claims_has_scope(scopes, word))
			return false;
		asked += n;
		asked += strspn(asked, " ");
	}
	return true;
}

/* Who, for whom, when: what both answers have of the session itself. */
static json_t *
session_claims(const struct world *w, const struct grant *g)
{
	return json_pack("{s:s, s:s, s:[s], s:s, s:I, s:I, s:[s]}", "iss", w->issuer, "sub", g->sub,
	    "aud", g->client_id, "azp", g->client_id, "iat", (json_int_t)g->issued, "auth_time",
	    (json_int_t)g->auth_time, "amr", "pwd");
}

/* SHA-256 whatever the algorithm, as Authelia does. OpenID Connect Core section 3.1.3.6. */
static json_t *
at_hash(const char *access)
{
	uint8_t md[SHA256_DIGEST_LENGTH];
	char text[B64URL_ENCODED(SHA256_DIGEST_LENGTH / 2) + 1];

	(void)SHA256((const unsigned char *)access, strlen(access), md);
	b64url_encode(text, md, sizeof(md) / 2);
	return json_string(text);
}

/* The groups claim is null, not absent, for a user of whom the backend knows none. */
static void
add_person(json_t *o, const struct user *u, const char *scope)
{
	if (claims_has_scope(scope, "profile")) {
		(void)json_object_set_new(o, "name", json_string(u->display_name));
		(void)json_object_set_new(o, "preferred_username", json_string(u->name));
	}
	if (claims_has_scope(scope, "email") && u->email != NULL) {
		(void)json_object_set_new(o, "email", json_string(u->email));
		(void)json_object_set_new(o, "email_verified", json_true());
	}
	if (claims_has_scope(scope, "groups"))
		(void)json_object_set(o, "groups", u->groups);
}

json_t *
claims_id_token(const struct world *w, const struct grant *g)
{
	const struct user *u = people_user(&w->people, g->username);
	json_t *o = session_claims(w, g);
	char jti[IDS_UUID_SIZE];

	if (o == NULL || !ids_uuid(&w->ids, jti)) {
		json_decref(o);
		return NULL;
	}
	(void)json_object_set_new(o, "exp", json_integer((json_int_t)g->expires));
	(void)json_object_set_new(o, "jti", json_string(jti));
	(void)json_object_set_new(o, "at_hash", at_hash(g->access));
	if (w->nonce_echo && g->nonce != NULL && strlen(g->nonce) >= NONCE_MIN)
		(void)json_object_set_new(o, "nonce", json_string(g->nonce));
	if (w->groups_in_id_token && u != NULL && !u->removed) {
		if (claims_has_scope(g->scope, "profile"))
			(void)json_object_set_new(o, "preferred_username", json_string(u->name));
		if (claims_has_scope(g->scope, "groups"))
			(void)json_object_set(o, "groups", u->groups);
	}
	return o;
}

json_t *
claims_userinfo(const struct world *w, const struct grant *g)
{
	const struct user *u = people_user(&w->people, g->username);
	bool gone = u == NULL || u->removed;
	json_t *o = gone ? session_claims(w, g) : json_pack("{s:s}", "sub", g->sub);

	if (o == NULL)
		return NULL;
	(void)json_object_set_new(o, "rat", json_integer((json_int_t)g->issued));
	if (!gone)
		add_person(o, u, g->scope);
	return o;
}
