/* The key set that each provider shows. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/ep/ep.h"
#include "mock_idp/profile/profile.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static const json_t *
keys_of_profile(struct fixture *f, const char *profile)
{
	fixture_profile(f, profile);
	ep_jwks(&f->w, fixture_ask(f, "GET", "/", NULL));
	assert_int_equal(f->x.rep.status, 200);
	return json_object_get(fixture_body(f), "keys");
}

static const char *
text(const json_t *keys, size_t i, const char *name)
{
	const char *s = json_string_value(json_object_get(json_array_get(keys, i), name));

	return s == NULL ? "" : s;
}

/* Each entry's use and algorithm, in their order. */
static const struct {
	const char *name, *shown;
} rows[] = {
	{ "authelia", "sig RS256, sig ES256, " },
	{ "rfc", "sig RS256, sig ES256, " },
	{ "keycloak", "sig RS256, enc RSA-OAEP, " },
	{ "authentik", "sig RS256, enc RSA-OAEP-256, " },
	{ "pocketid", "sig RS256, " },
	{ "zitadel", "sig RS256, " },
	{ "dex", "sig RS256, " },
	{ "rauthy", "sig RS256, sig RS384, sig RS512, sig EdDSA, " },
	{ "google", "sig RS256, " },
	{ "entra", "sig , " },
	{ "kanidm", "sig ES256, " },
	{ "okta", "sig RS256, " },
	{ "gitlab", "sig RS256, " },
	{ "glewlwyd", "sig RS256, " },
};

static void
the_set_is_the_providers(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const json_t *keys = keys_of_profile(f, rows[i].name);
		char shown[256] = "";

		for (size_t k = 0; k < json_array_size(keys); k++) {
			size_t at = strlen(shown);

			(void)snprintf(shown + at, sizeof(shown) - at, "%s %s, ",
			    text(keys, k, "use"), text(keys, k, "alg"));
			assert_string_equal(text(keys, k, "d"), "");
		}
		assert_string_equal(shown, rows[i].shown);
	}
}

static void
authentiks_key_is_there_twice_under_one_kid(void **state)
{
	struct fixture *f = *state;
	const json_t *keys = keys_of_profile(f, "authentik");

	assert_string_not_equal(text(keys, 0, "kid"), "");
	assert_string_equal(text(keys, 0, "kid"), text(keys, 1, "kid"));
	assert_string_equal(text(keys, 0, "n"), text(keys, 1, "n"));
	keys = keys_of_profile(f, "keycloak");
	assert_string_not_equal(text(keys, 0, "kid"), text(keys, 1, "kid"));
}

static void
entras_have_an_issuer_each(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(text(keys_of_profile(f, "entra"), 0, "issuer"),
	    "https://login.microsoftonline.com/{tenantid}/v2.0");
}

/* Whatever --alg says, the key that signs is there, and takes the profile's place. */
static void
the_signer_is_that_of_the_command_line(void **state)
{
	struct fixture *f = *state;
	const json_t *keys;

	fixture_profile(f, "authentik");
	f->w.alg = ALG_ES384;
	ep_jwks(&f->w, fixture_ask(f, "GET", "/", NULL));
	keys = json_object_get(fixture_body(f), "keys");
	assert_string_equal(text(keys, 0, "alg"), "ES384");
	assert_string_equal(text(keys, 1, "kid"), text(keys, 0, "kid"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_set_is_the_providers, fixture_reset),
		cmocka_unit_test_setup(authentiks_key_is_there_twice_under_one_kid, fixture_reset),
		cmocka_unit_test_setup(entras_have_an_issuer_each, fixture_reset),
		cmocka_unit_test_setup(the_signer_is_that_of_the_command_line, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
