/* What each provider's metadata says, and what it does not. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"
#include "mock_idp/profile/profile.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static json_t *
document(struct fixture *f, const char *profile)
{
	fixture_profile(f, profile);
	ep_discovery(&f->w, fixture_ask(f, "GET", "/", NULL));
	assert_int_equal(f->x.rep.status, 200);
	return fixture_body(f);
}

static bool
lists(json_t *doc, const char *name, const char *word)
{
	const json_t *list = json_object_get(doc, name);
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one) if (strcmp(json_string_value(one), word) == 0) return true;
	return false;
}

static void
every_document_has_what_discovery_requires(void **state)
{
	static const char *const required[] = { "issuer", "authorization_endpoint",
		"token_endpoint", "jwks_uri", "userinfo_endpoint", "response_types_supported",
		"subject_types_supported", "id_token_signing_alg_values_supported" };
	struct fixture *f = *state;
	const struct profile *p;

	for (size_t n = 0; (p = profile_at(n)) != NULL; n++) {
		json_t *doc = document(f, p->name);

		for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++)
			assert_non_null(json_object_get(doc, required[i]));
		assert_true(lists(doc, "id_token_signing_alg_values_supported", p->tokens->alg));
		assert_string_equal(json_string_value(json_object_get(doc, "issuer")), f->w.issuer);
		assert_true(lists(doc, "response_types_supported", "code"));
	}
}

/* GitLab has the endpoint and does not say so, Kanidm has none. */
static void
two_have_no_device_endpoint(void **state)
{
	struct fixture *f = *state;
	const struct profile *p;

	for (size_t n = 0; (p = profile_at(n)) != NULL; n++)
		assert_int_equal(
		    json_object_get(document(f, p->name), "device_authorization_endpoint") == NULL,
		    strcmp(p->name, "gitlab") == 0 || strcmp(p->name, "kanidm") == 0);
}

static void
iss_is_announced_by_those_who_send_it(void **state)
{
	struct fixture *f = *state;
	const struct profile *p;

	for (size_t n = 0; (p = profile_at(n)) != NULL; n++)
		assert_int_equal(json_is_true(json_object_get(document(f, p->name),
		                     "authorization_response_iss_parameter_supported")),
		    p->authz->iss);
}

static void
none_is_missing_where_public_clients_work_all_the_same(void **state)
{
	static const char methods[] = "token_endpoint_auth_methods_supported";
	struct fixture *f = *state;

	assert_false(lists(document(f, "dex"), methods, "none"));
	assert_false(lists(document(f, "authentik"), methods, "none"));
	assert_false(lists(document(f, "rauthy"), methods, "none"));
	assert_false(lists(document(f, "glewlwyd"), methods, "none"));
	assert_true(lists(document(f, "authelia"), methods, "none"));
	assert_true(lists(document(f, "zitadel"), methods, "none"));
	/* listed, and ignored by the device grant */
	assert_true(lists(document(f, "dex"), methods, "client_secret_basic"));
	assert_true(lists(document(f, "rauthy"), methods, "client_secret_basic"));
}

static void
pkce_methods_and_pushed_requests(void **state)
{
	static const char methods[] = "code_challenge_methods_supported";
	struct fixture *f = *state;

	assert_false(lists(document(f, "kanidm"), methods, "plain"));
	assert_true(lists(document(f, "keycloak"), methods, "plain"));
	assert_true(lists(document(f, "keycloak"), methods, "S256"));
	assert_null(json_object_get(document(f, "entra"), methods));
	assert_true(json_is_false(
	    json_object_get(document(f, "keycloak"), "require_pushed_authorization_requests")));
	assert_null(json_object_get(document(f, "dex"), "require_pushed_authorization_requests"));
	/* broader than what it signs with */
	assert_true(
	    lists(document(f, "keycloak"), "id_token_signing_alg_values_supported", "HS256"));
	assert_false(
	    lists(document(f, "pocketid"), "id_token_signing_alg_values_supported", "ES256"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_document_has_what_discovery_requires, fixture_reset),
		cmocka_unit_test_setup(two_have_no_device_endpoint, fixture_reset),
		cmocka_unit_test_setup(iss_is_announced_by_those_who_send_it, fixture_reset),
		cmocka_unit_test_setup(
		    none_is_missing_where_public_clients_work_all_the_same, fixture_reset),
		cmocka_unit_test_setup(pkce_methods_and_pushed_requests, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
