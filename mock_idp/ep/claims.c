/* What the provider says about a person. */
#include "config.h"

#include <string.h>

#include <openssl/evp.h>

#include "common/b64url.h"
#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/person.h"

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

static void
set(json_t *o, const char *name, json_t *value)
{
	(void)json_object_set_new(o, name, value);
}

static void
set_time(json_t *o, const char *name, int64_t wall)
{
	set(o, name, json_integer((json_int_t)wall));
}

static json_t *
audience(const struct profile_tokens *t, const char *client_id)
{
	const char *more = t->aud_more == NULL ? "" : t->aud_more;
	json_t *list;

	if (!t->aud_array)
		return json_string(client_id);
	list = json_pack("[s]", client_id);
	while (*more != '\0') {
		size_t n = strcspn(more, " ");

		(void)json_array_append_new(list, json_stringn(more, n));
		more += n;
		more += strspn(more, " ");
	}
	return list;
}

/* Who, for whom, when: what both answers have of the session itself. */
static json_t *
session_claims(const struct world *w, const struct grant *g)
{
	const struct profile_tokens *t = w->profile->tokens;
	json_t *o = json_pack(
	    "{s:s, s:s, s:o}", "iss", w->issuer, "sub", g->sub, "aud", audience(t, g->client_id));

	if (t->azp)
		set(o, "azp", json_string(g->client_id));
	if (t->client_id)
		set(o, "client_id", json_string(g->client_id));
	set_time(o, "iat", g->issued + t->shift);
	if (t->nbf)
		set_time(o, "nbf", g->issued + t->shift);
	if (t->auth_time)
		set_time(o, "auth_time", g->auth_time);
	if (t->amr != NULL)
		set(o, "amr", json_pack("[s]", t->amr));
	return o;
}

/* Which hash the algorithm of ID tokens names; EdDSA with Ed25519 has SHA-512 in it. */
static const EVP_MD *
hash_of_alg(const char *alg)
{
	if (strcmp(alg, "EdDSA") == 0 || strstr(alg, "512") != NULL)
		return EVP_sha512();
	return strstr(alg, "384") != NULL ? EVP_sha384() : EVP_sha256();
}

static const EVP_MD *
hash_of(const struct world *w)
{
	const char *alg = alg_row(w->alg)->name;

	switch (w->profile->tokens->at_hash) {
	case HASH_NONE:
		return NULL;
	case HASH_ALG:
		return hash_of_alg(alg);
	case HASH_SHA256:
		return EVP_sha256();
	case HASH_OTHER:
		return hash_of_alg(strcmp(alg, "EdDSA") == 0 ? "RS256" : "EdDSA");
	}
	return NULL;
}

/* The left half of the token's hash. OpenID Connect Core section 3.1.3.6. */
static void
add_at_hash(const struct world *w, json_t *o, const char *access)
{
	char text[B64URL_ENCODED(EVP_MAX_MD_SIZE / 2) + 1];
	unsigned char md[EVP_MAX_MD_SIZE];
	const EVP_MD *hash = hash_of(w);
	unsigned len;

	if (hash == NULL || EVP_Digest(access, strlen(access), md, &len, hash, NULL) != 1)
		return;
	b64url_encode(text, md, len / 2);
	set(o, "at_hash", json_string(text));
}

static void
add_jti(const struct world *w, json_t *o)
{
	char jti[IDS_UUID_SIZE];

	if (ids_uuid(&w->ids, jti))
		set(o, "jti", json_string(jti));
}

static void
add_nonce(const struct world *w, json_t *o, const struct grant *g)
{
	if (w->nonce_echo && g->nonce != NULL && strlen(g->nonce) >= w->profile->authz->entropy)
		set(o, "nonce", json_string(g->nonce));
}

static void
add_name(json_t *o, const struct user *u, const char *scope, enum profile_name form)
{
	json_t *name = claims_has_scope(scope, "profile") ? person_name(u, form) : NULL;

	if (name != NULL)
		set(o, "preferred_username", name);
}

static void
add_full_name(json_t *o, const struct user *u, const char *scope)
{
	if (claims_has_scope(scope, "profile"))
		set(o, "name", json_string(u->display_name));
}

static void
add_email(json_t *o, const struct user *u, const char *scope)
{
	if (claims_has_scope(scope, "email") && u->email != NULL) {
		set(o, "email", json_string(u->email));
		set(o, "email_verified", json_true());
	}
}

static void
add_groups(
    const struct world *w, json_t *o, const char *name, const struct user *u, const char *scope)
{
	const struct profile_claims *c = w->profile->claims;

	if (name != NULL && (c->groups_scope == NULL || claims_has_scope(scope, c->groups_scope)))
		person_add_groups(o, name, c, u);
}

/* With --groups-in-id-token, what is at UserInfo alone stands in the ID token too. */
static void
add_person_to_id(const struct world *w, json_t *o, const struct user *u, const char *scope)
{
	const struct profile_claims *c = w->profile->claims;
	bool both = w->groups_in_id_token;

	if (c->id_person)
		add_full_name(o, u, scope);
	add_name(o, u, scope, c->id_name == NAME_NONE && both ? c->ui_name : c->id_name);
	if (c->id_person)
		add_email(o, u, scope);
	add_groups(w, o, c->id_groups == NULL && both ? c->ui_groups : c->id_groups, u, scope);
}

static void
add_json(json_t *o, const char *text)
{
	json_t *more = text == NULL ? NULL : json_loads(text, 0, NULL);

	(void)json_object_update(o, more);
	json_decref(more);
}

json_t *
claims_id_token(const struct world *w, const struct grant *g)
{
	const struct user *u = people_user(&w->people, g->username);
	const struct profile_tokens *t = w->profile->tokens;
	json_t *o = session_claims(w, g);

	set_time(o, "exp", g->expires);
	if (t->jti)
		add_jti(w, o);
	add_at_hash(w, o, g->access);
	add_nonce(w, o, g);
	if (u != NULL && !u->removed)
		add_person_to_id(w, o, u, g->scope);
	add_json(o, t->id_more);
	return o;
}

/* What stands in the tokens, and so in UserInfo too. */
static void
add_token_claims(const struct world *w, json_t *o, const struct grant *g)
{
	set(o, "iss", json_string(w->issuer));
	set(o, "aud", audience(w->profile->tokens, g->client_id));
	set_time(o, "iat", g->issued);
	set_time(o, "exp", g->expires);
	if (w->profile->claims->ui_access) {
		add_jti(w, o);
		add_at_hash(w, o, g->sub);
	} else {
		add_nonce(w, o, g);
	}
}

json_t *
claims_userinfo(const struct world *w, const struct grant *g)
{
	const struct user *u = people_user(&w->people, g->username);
	const struct profile_claims *c = w->profile->claims;
	bool gone = u == NULL || u->removed;
	json_t *o = gone ? session_claims(w, g) : json_pack("{s:s}", "sub", g->sub);

	if (gone && !c->gone_known) {
		json_decref(o);
		return NULL;
	}
	if (c->rat)
		set_time(o, "rat", g->issued);
	if (gone)
		return o;
	add_full_name(o, u, g->scope);
	add_name(o, u, g->scope, c->ui_name);
	add_email(o, u, g->scope);
	add_groups(w, o, c->ui_groups, u, g->scope);
	if (c->ui_token)
		add_token_claims(w, o, g);
	return o;
}
