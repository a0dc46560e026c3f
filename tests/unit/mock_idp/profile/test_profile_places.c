/* Each provider's endpoints, as the router finds them. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/profile/profile.h"
#include "mock_idp/route.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define ORIGIN2 "https://127.0.0.1:4712"

static int
get(struct fixture *f, const char *path)
{
	route(&f->w, fixture_ask(f, "GET", path, NULL));
	return f->x.rep.status;
}

/* Over the second listener. */
static int
get2(struct fixture *f, const char *path)
{
	struct exchange *x = fixture_ask(f, "GET", path, NULL);

	x->origin = ORIGIN2;
	free(x->req.headers.v[0].value);
	x->req.headers.v[0].value = strdup("127.0.0.1:4712");
	route(&f->w, x);
	return f->x.rep.status;
}

static const struct {
	const char *name, *issuer, *discovery, *token, *device, *userinfo, *keys, *page;
} rows[] = {
	{ "authelia", "", "/.well-known/openid-configuration", "/api/oidc/token",
	    "/api/oidc/device-authorization", "/api/oidc/userinfo", "/jwks.json",
	    "/consent/openid/device-authorization" },
	{ "keycloak", "/realms/test", "/realms/test/.well-known/openid-configuration",
	    "/realms/test/protocol/openid-connect/token",
	    "/realms/test/protocol/openid-connect/auth/device",
	    "/realms/test/protocol/openid-connect/userinfo",
	    "/realms/test/protocol/openid-connect/certs", "/realms/test/device" },
	{ "authentik", "/application/o/linux-login/",
	    "/application/o/linux-login/.well-known/openid-configuration", "/application/o/token/",
	    "/application/o/device/", "/application/o/userinfo/",
	    "/application/o/linux-login/jwks/", "/device" },
	{ "rauthy", "/auth/v1/", "/auth/v1/.well-known/openid-configuration", "/auth/v1/oidc/token",
	    "/auth/v1/oidc/device", "/auth/v1/oidc/userinfo", "/auth/v1/oidc/certs",
	    "/auth/v1/device" },
	{ "dex", "/dex", "/dex/.well-known/openid-configuration", "/dex/token", "/dex/device/code",
	    "/dex/userinfo", "/dex/keys", "/dex/device" },
	{ "zitadel", "", "/.well-known/openid-configuration", "/oauth/v2/token",
	    "/oauth/v2/device_authorization", "/oidc/v1/userinfo", "/oauth/v2/keys", "/device" },
	{ "gitlab", "", "/.well-known/openid-configuration", "/oauth/token",
	    "/oauth/authorize_device", "/oauth/userinfo", "/oauth/discovery/keys",
	    "/oauth/device" },
};

static void
endpoints_are_where_the_provider_has_them(void **state)
{
	struct fixture *f = *state;
	char issuer[256];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fixture_profile(f, rows[i].name);
		(void)snprintf(issuer, sizeof(issuer), FIXTURE_ISSUER "%s", rows[i].issuer);
		assert_string_equal(f->w.issuer, issuer);
		assert_int_equal(get(f, rows[i].discovery), 200);
		assert_string_equal(fixture_string(f, "issuer"), issuer);
		assert_int_equal(get(f, rows[i].keys), 200);
		/* there, and for POST alone */
		assert_int_equal(get(f, rows[i].token), 405);
		assert_int_equal(get(f, rows[i].device), 405);
		assert_int_equal(get(f, rows[i].userinfo), 401);
		assert_int_equal(get(f, rows[i].page), 200);
	}
}

static void
others_have_nothing_at_authelias_paths(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "keycloak");
	assert_int_equal(get(f, "/.well-known/openid-configuration"), 404);
	assert_int_equal(get(f, "/jwks.json"), 404);
	assert_int_equal(get(f, "/api/oidc/token"), 404);
	fixture_profile(f, "kanidm");
	assert_int_equal(get(f, "/api/oidc/device-authorization"), 404);
	assert_int_equal(get(f, "/device"), 404);
}

static void
json_has_the_providers_content_type(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "keycloak");
	(void)get(f, "/realms/test/.well-known/openid-configuration");
	assert_string_equal(pairs_get(&f->x.rep.headers, "Content-Type"), "application/json");
	fixture_profile(f, "pocketid");
	(void)get(f, "/.well-known/openid-configuration");
	assert_string_equal(
	    pairs_get(&f->x.rep.headers, "Content-Type"), "application/json; charset=utf-8");
}

static void
key_sets_have_the_providers_cache_lifetime(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "dex");
	(void)get(f, "/dex/keys");
	assert_int_equal(pairs_count(&f->x.rep.headers, "Cache-Control"), 1);
	assert_non_null(strstr(pairs_get(&f->x.rep.headers, "Cache-Control"), "max-age=600"));
	fixture_profile(f, "authelia");
	(void)get(f, "/jwks.json");
	assert_string_equal(pairs_get(&f->x.rep.headers, "Cache-Control"), "no-store");
}

static void
some_are_on_another_origin(void **state)
{
	struct fixture *f = *state;

	(void)snprintf(f->w.origin2, sizeof(f->w.origin2), "%s", ORIGIN2);
	fixture_profile(f, "google");
	assert_int_equal(get(f, "/.well-known/openid-configuration"), 200);
	assert_string_equal(fixture_string(f, "issuer"), FIXTURE_ISSUER);
	assert_string_equal(fixture_string(f, "token_endpoint"), ORIGIN2 "/token");
	assert_string_equal(
	    fixture_string(f, "device_authorization_endpoint"), ORIGIN2 "/device/code");
	assert_string_equal(fixture_string(f, "userinfo_endpoint"), ORIGIN2 "/v1/userinfo");
	assert_string_equal(fixture_string(f, "jwks_uri"), ORIGIN2 "/oauth2/v3/certs");
	assert_string_equal(
	    fixture_string(f, "authorization_endpoint"), FIXTURE_ISSUER "/o/oauth2/v2/auth");
	assert_int_equal(get(f, "/oauth2/v3/certs"), 404);
	assert_int_equal(get2(f, "/oauth2/v3/certs"), 200);
	assert_false(fixture_violated(f, "host"));
	fixture_profile(f, "entra");
	assert_int_equal(get(f, "/oidc/userinfo"), 404);
	assert_int_equal(get2(f, "/oidc/userinfo"), 401);
	fixture_profile(f, "pocketid");
	assert_int_equal(get(f, "/.well-known/jwks.json"), 404);
	assert_int_equal(get2(f, "/.well-known/jwks.json"), 200);
	assert_int_equal(get(f, "/api/oidc/device/authorize"), 405);
}

static void
without_a_second_origin_they_are_on_the_first(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "google");
	assert_int_equal(get(f, "/oauth2/v3/certs"), 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(endpoints_are_where_the_provider_has_them, fixture_reset),
		cmocka_unit_test_setup(others_have_nothing_at_authelias_paths, fixture_reset),
		cmocka_unit_test_setup(json_has_the_providers_content_type, fixture_reset),
		cmocka_unit_test_setup(key_sets_have_the_providers_cache_lifetime, fixture_reset),
		cmocka_unit_test_setup(some_are_on_another_origin, fixture_reset),
		cmocka_unit_test_setup(
		    without_a_second_origin_they_are_on_the_first, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
