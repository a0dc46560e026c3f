/* Each provider's ID token and token answer. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>

#include "common/b64url.h"
#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/issue.h"
#include "mock_idp/profile/profile.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static json_t *
token_of(struct fixture *f, const char *profile, const struct grant **g)
{
	json_t *o;

	fixture_profile(f, profile);
	*g = fixture_grant(f, "openid profile email groups", "alice");
	assert_non_null(*g);
	o = claims_id_token(&f->w, *g);
	assert_non_null(o);
	assert_int_equal(json_array_append_new(f->kept, o), 0);
	return o;
}

static const struct {
	const char *name;
	const char *aud; /* compact JSON */
	bool azp;
	const char *hash; /* NULL: none */
	bool auth_time, jti, amr;
	int shift;
} rows[] = {
	{ "authelia", "[\"linux-login\"]", true, "SHA256", true, true, true, 0 },
	{ "rfc", "\"linux-login\"", false, "SHA256", true, false, true, 0 },
	{ "keycloak", "\"linux-login\"", true, "SHA256", true, true, false, 0 },
	{ "authentik", "\"linux-login\"", false, NULL, true, false, true, 0 },
	{ "pocketid", "[\"linux-login\"]", false, "SHA256", true, true, true, 0 },
	{ "zitadel", "[\"linux-login\",\"312909075211583491\",\"312909075211452417\"]", true,
	    "SHA256", true, false, true, 0 },
	{ "dex", "\"linux-login\"", false, "SHA256", false, true, false, 0 },
	{ "google", "\"linux-login\"", true, "SHA256", false, false, false, 0 },
	{ "entra", "\"linux-login\"", false, NULL, false, false, false, -300 },
	{ "kanidm", "\"linux-login\"", true, NULL, false, true, false, 0 },
	{ "okta", "\"linux-login\"", false, "SHA256", true, true, true, 0 },
	{ "gitlab", "\"linux-login\"", false, NULL, true, false, false, 0 },
	{ "glewlwyd", "\"linux-login\"", true, "SHA256", true, false, true, 0 },
};

static void
same_hash(const json_t *o, const char *access, const char *hash)
{
	unsigned char md[EVP_MAX_MD_SIZE];
	char text[128];
	unsigned len;

	if (hash == NULL) {
		assert_null(json_object_get(o, "at_hash"));
		return;
	}
	assert_int_equal(
	    EVP_Digest(access, strlen(access), md, &len, EVP_get_digestbyname(hash), NULL), 1);
	b64url_encode(text, md, len / 2);
	assert_string_equal(json_string_value(json_object_get(o, "at_hash")), text);
}

static void
the_id_token_is_the_providers(void **state)
{
	struct fixture *f = *state;
	const struct grant *g;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *o = token_of(f, rows[i].name, &g);
		char *aud = json_dumps(json_object_get(o, "aud"), JSON_COMPACT | JSON_ENCODE_ANY);

		assert_string_equal(aud, rows[i].aud);
		free(aud);
		assert_string_equal(json_string_value(json_object_get(o, "iss")), f->w.issuer);
		assert_int_equal(json_object_get(o, "azp") != NULL, rows[i].azp);
		assert_int_equal(json_object_get(o, "auth_time") != NULL, rows[i].auth_time);
		assert_int_equal(json_object_get(o, "jti") != NULL, rows[i].jti);
		assert_int_equal(json_object_get(o, "amr") != NULL, rows[i].amr);
		assert_int_equal(json_integer_value(json_object_get(o, "iat")),
		    world_wall(&f->w) + rows[i].shift);
		same_hash(o, g->access, rows[i].hash);
		assert_string_equal(json_string_value(json_object_get(o, "nonce")), "nonce-1234");
	}
}

/* Rauthy hashes with the access token's algorithm: EdDSA's where ID tokens are RS256's. */
static void
rauthys_at_hash_is_of_another_algorithm(void **state)
{
	struct fixture *f = *state;
	const struct grant *g;
	json_t *o;

	o = token_of(f, "rauthy", &g);
	same_hash(o, g->access, "SHA256");
	f->w.alg = ALG_RS256;
	o = claims_id_token(&f->w, g);
	assert_int_equal(json_array_append_new(f->kept, o), 0);
	same_hash(o, g->access, "SHA512");
}

static void
entras_token_is_five_minutes_old(void **state)
{
	struct fixture *f = *state;
	const struct grant *g;
	json_t *o = token_of(f, "entra", &g);

	assert_int_equal(json_integer_value(json_object_get(o, "nbf")), world_wall(&f->w) - 300);
	assert_string_equal(json_string_value(json_object_get(o, "ver")), "2.0");
	assert_non_null(strstr(f->w.issuer, json_string_value(json_object_get(o, "tid"))));
}

static void
some_have_claims_of_their_own(void **state)
{
	struct fixture *f = *state;
	const struct grant *g;

	assert_string_equal(
	    json_string_value(json_object_get(token_of(f, "keycloak", &g), "typ")), "ID");
	assert_string_equal(
	    json_string_value(json_object_get(token_of(f, "rauthy", &g), "typ")), "Id");
	assert_string_equal(
	    json_string_value(json_object_get(token_of(f, "pocketid", &g), "type")), "id-token");
	assert_string_equal(
	    json_string_value(json_object_get(token_of(f, "zitadel", &g), "client_id")),
	    "linux-login");
}

/* That member of the header of a token that is handed out, "" for none. */
static void
header_of(struct fixture *f, const char *profile, const char *name, char out[64])
{
	struct grant_for what = {
		.client_id = "linux-login", .username = "alice", .scope = "openid"
	};
	const char *token;
	uint8_t raw[512];
	json_t *o;
	size_t n;

	fixture_profile(f, profile);
	assert_non_null(issue_tokens(&f->w, fixture_ask(f, "POST", "/", NULL), &what));
	token = fixture_string(f, "id_token");
	assert_true(b64url_decode(raw, sizeof(raw), &n, token, strcspn(token, ".")));
	o = json_loadb((const char *)raw, n, 0, NULL);
	assert_non_null(o);
	(void)snprintf(out, 64, "%s",
	    json_string_value(json_object_get(o, name)) == NULL
	        ? ""
	        : json_string_value(json_object_get(o, name)));
	json_decref(o);
}

static void
the_header_is_the_providers(void **state)
{
	static const struct {
		const char *name, *alg, *typ;
	} headers[] = {
		{ "authelia", "RS256", "JWT" },
		{ "rfc", "RS256", "JWT" },
		{ "keycloak", "RS256", "JWT" },
		{ "authentik", "RS256", "JWT" },
		{ "pocketid", "RS256", "JWT" },
		{ "zitadel", "RS256", "JWT" },
		{ "dex", "RS256", "" },
		{ "rauthy", "EdDSA", "JWT" },
		{ "google", "RS256", "JWT" },
		{ "entra", "RS256", "JWT" },
		{ "kanidm", "ES256", "" },
		{ "okta", "RS256", "" },
		{ "gitlab", "RS256", "JWT" },
		{ "glewlwyd", "RS256", "JWT" },
	};
	struct fixture *f = *state;
	char text[64];

	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		header_of(f, headers[i].name, "alg", text);
		assert_string_equal(text, headers[i].alg);
		header_of(f, headers[i].name, "typ", text);
		assert_string_equal(text, headers[i].typ);
	}
}

static void
the_answer_is_the_providers(void **state)
{
	static const struct {
		const char *name, *type, *more;
		bool refresh; /* though nobody asked for it */
	} answers[] = {
		{ "authelia", "bearer", NULL, false },
		{ "rfc", "Bearer", NULL, false },
		{ "keycloak", "Bearer", "not-before-policy", true },
		{ "authentik", "Bearer", NULL, false },
		{ "pocketid", "bearer", NULL, false },
		{ "zitadel", "Bearer", "state", false },
		{ "dex", "bearer", NULL, false },
		{ "rauthy", "Bearer", NULL, false },
		{ "google", "Bearer", NULL, false },
		{ "entra", "Bearer", "ext_expires_in", false },
		{ "glewlwyd", "bearer", "iat", true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		struct grant_for what = {
			.client_id = "linux-login", .username = "alice", .scope = "openid"
		};

		fixture_profile(f, answers[i].name);
		assert_non_null(issue_tokens(&f->w, fixture_ask(f, "POST", "/", NULL), &what));
		assert_string_equal(fixture_string(f, "token_type"), answers[i].type);
		assert_int_equal(
		    json_object_get(fixture_body(f), "refresh_token") != NULL, answers[i].refresh);
		if (answers[i].more != NULL)
			assert_non_null(json_object_get(fixture_body(f), answers[i].more));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_id_token_is_the_providers, fixture_reset),
		cmocka_unit_test_setup(rauthys_at_hash_is_of_another_algorithm, fixture_reset),
		cmocka_unit_test_setup(entras_token_is_five_minutes_old, fixture_reset),
		cmocka_unit_test_setup(some_have_claims_of_their_own, fixture_reset),
		cmocka_unit_test_setup(the_header_is_the_providers, fixture_reset),
		cmocka_unit_test_setup(the_answer_is_the_providers, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
