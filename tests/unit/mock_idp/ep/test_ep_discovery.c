/* The metadata documents. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static const char *
item(json_t *doc, const char *name, size_t i)
{
	const char *s = json_string_value(json_array_get(json_object_get(doc, name), i));

	return s == NULL ? "" : s;
}

static void
the_openid_document_is_whole(void **state)
{
	struct fixture *f = *state;
	json_t *doc;

	ep_discovery(&f->w, fixture_ask(f, "GET", "/", NULL));
	doc = fixture_body(f);
	assert_string_equal(fixture_string(f, "issuer"), FIXTURE_ISSUER);
	assert_string_equal(fixture_string(f, "token_endpoint"), FIXTURE_ISSUER "/api/oidc/token");
	assert_string_equal(
	    fixture_string(f, "userinfo_endpoint"), FIXTURE_ISSUER "/api/oidc/userinfo");
	assert_string_equal(item(doc, "grant_types_supported", 4), PEOPLE_DEVICE_GRANT);
	assert_string_equal(item(doc, "response_types_supported", 6), "code id_token token");
	assert_string_equal(item(doc, "token_endpoint_auth_methods_supported", 4), "none");
	assert_int_equal(
	    json_array_size(json_object_get(doc, "id_token_signing_alg_values_supported")), 12);
	assert_int_equal(
	    json_array_size(json_object_get(doc, "id_token_encryption_alg_values_supported")), 17);
	assert_int_equal(json_array_size(json_object_get(doc, "claims_supported")), 33);
	assert_true(
	    json_is_true(json_object_get(doc, "authorization_response_iss_parameter_supported")));
	assert_true(json_is_false(json_object_get(doc, "require_pushed_authorization_requests")));
	assert_int_equal(json_object_size(doc), 44);
}

static void
the_oauth_document_lacks_what_is_openids(void **state)
{
	struct fixture *f = *state;
	json_t *doc;

	ep_discovery_oauth(&f->w, fixture_ask(f, "GET", "/", NULL));
	doc = fixture_body(f);
	assert_string_equal(fixture_string(f, "device_authorization_endpoint"),
	    FIXTURE_ISSUER "/api/oidc/device-authorization");
	assert_null(json_object_get(doc, "userinfo_endpoint"));
	assert_null(json_object_get(doc, "id_token_signing_alg_values_supported"));
	assert_null(json_object_get(doc, "claims_parameter_supported"));
}

static void
announces_the_authorization_code_flow(void **state)
{
	struct fixture *f = *state;
	json_t *doc;

	ep_discovery(&f->w, fixture_ask(f, "GET", "/", NULL));
	doc = fixture_body(f);
	assert_string_equal(
	    fixture_string(f, "authorization_endpoint"), FIXTURE_ISSUER FIXTURE_AUTHORIZATION);
	assert_string_equal(json_string_value(json_array_get(
	                        json_object_get(doc, "code_challenge_methods_supported"), 0)),
	    "S256");
	assert_true(
	    json_is_true(json_object_get(doc, "authorization_response_iss_parameter_supported")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_openid_document_is_whole, fixture_reset),
		cmocka_unit_test_setup(the_oauth_document_lacks_what_is_openids, fixture_reset),
		cmocka_unit_test_setup(announces_the_authorization_code_flow, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
