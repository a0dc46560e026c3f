/* Parameters that an endpoint knows. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/params.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define DEVICE_GRANT "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
#define AUTHZ "client_id=a&response_type=code&redirect_uri=b"

static void
judge(struct fixture *f, const char *ep, const char *query, const char *form)
{
	struct exchange *x = fixture_ask(f, "POST", "/", form);

	if (query != NULL)
		fixture_query(f, query);
	x->ep = ep;
	params_judge(x);
}

static void
clean(struct fixture *f, const char *ep, const char *query, const char *form)
{
	judge(f, ep, query, form);
	if (json_array_size(f->x.violations) != 0)
		fail_msg("%s: %s", ep, json_string_value(json_array_get(f->x.violations, 0)));
}

/* That violation, and no other. */
static void
noted(struct fixture *f, const char *ep, const char *query, const char *form, const char *what)
{
	judge(f, ep, query, form);
	if (json_array_size(f->x.violations) != 1 ||
	    strcmp(json_string_value(json_array_get(f->x.violations, 0)), what) != 0)
		fail_msg("%s, not %s: %s", ep, what, json_dumps(f->x.violations, 0));
}

static void
what_the_standards_have_is_nothing_special(void **state)
{
	struct fixture *f = *state;

	clean(f, "discovery", "", NULL);
	clean(f, "device", NULL, "client_id=a&scope=openid&nonce=12345678");
	clean(f, "device", NULL, "client_id=a&client_secret=b&resource=c");
	clean(f, "token", NULL, DEVICE_GRANT "&device_code=a&client_id=b");
	clean(f, "token", NULL,
	    "grant_type=authorization_code&code=a&redirect_uri=b&code_verifier=c&"
	    "client_assertion_type=d&client_assertion=e");
	clean(f, "token", NULL, "grant_type=refresh_token&refresh_token=a&scope=b&client_id=c");
	clean(f, "userinfo", NULL, "access_token=a");
	clean(
	    f, "authorization", AUTHZ "&state=c&code_challenge=d&code_challenge_method=S256", NULL);
	clean(f, "authorization", "client_id=a&request_uri=b", NULL);
	clean(f, "par", NULL, AUTHZ "&client_secret=c&nonce=d");
	clean(f, "introspection", NULL, "token=a&token_type_hint=b&client_id=c");
	clean(f, "revocation", NULL, "token=a&token_type_hint=b&client_id=c");
}

static void
what_they_have_not_is_noted(void **state)
{
	struct fixture *f = *state;

	noted(f, "discovery", "a=b", NULL, "unknown_parameter:a");
	noted(f, "oauth-metadata", "a=b", NULL, "unknown_parameter:a");
	noted(f, "jwks", "kid=b", NULL, "unknown_parameter:kid");
	noted(f, "device", NULL, "client_id=a&scopes=openid", "unknown_parameter:scopes");
	noted(f, "device", NULL, "client_id=a&state=b", "unknown_parameter:state");
	noted(f, "token", NULL, DEVICE_GRANT "&device_code=a&user_code=b",
	    "unknown_parameter:user_code");
	noted(f, "token", NULL, DEVICE_GRANT "&device_code=a&scope=b", "unknown_parameter:scope");
	noted(f, "token", NULL, "grant_type=authorization_code&code=a&redirect_uri=b&state=c",
	    "unknown_parameter:state");
	noted(f, "token", NULL, "grant_type=refresh_token&refresh_token=a&code=b",
	    "unknown_parameter:code");
	noted(f, "userinfo", NULL, "token=a", "unknown_parameter:token");
	noted(
	    f, "authorization", AUTHZ "&client_secret=c", NULL, "unknown_parameter:client_secret");
	noted(f, "par", NULL, AUTHZ "&Scope=c", "unknown_parameter:Scope");
	noted(f, "introspection", NULL, "token=a&hint=b", "unknown_parameter:hint");
	noted(f, "revocation", NULL, "token=a&scope=b", "unknown_parameter:scope");
}

static void
beside_a_request_uri_stands_the_client_alone(void **state)
{
	struct fixture *f = *state;

	noted(f, "authorization", "client_id=a&request_uri=b&state=c", NULL,
	    "beside_request_uri:state");
	noted(f, "authorization", "client_id=a&request_uri=b&x=c", NULL, "beside_request_uri:x");
	noted(f, "authorization", "request_uri=b", NULL, "missing_parameter:client_id");
}

static void
what_has_to_be_there_is_missed(void **state)
{
	struct fixture *f = *state;

	noted(f, "device", NULL, "scope=openid", "missing_parameter:client_id");
	noted(f, "token", NULL, "client_id=a", "missing_parameter:grant_type");
	noted(f, "token", NULL, DEVICE_GRANT "&client_id=a", "missing_parameter:device_code");
	noted(f, "token", NULL, "grant_type=authorization_code&redirect_uri=b",
	    "missing_parameter:code");
	noted(f, "token", NULL, "grant_type=authorization_code&code=b",
	    "missing_parameter:redirect_uri");
	noted(f, "token", NULL, "grant_type=refresh_token", "missing_parameter:refresh_token");
	noted(f, "authorization", "client_id=a&response_type=code", NULL,
	    "missing_parameter:redirect_uri");
	noted(f, "authorization", "redirect_uri=a&response_type=code", NULL,
	    "missing_parameter:client_id");
	noted(f, "par", NULL, "client_id=a&redirect_uri=b", "missing_parameter:response_type");
	noted(f, "introspection", NULL, "client_id=a", "missing_parameter:token");
	noted(f, "revocation", NULL, "client_id=a", "missing_parameter:token");
}

static void
forms_do_not_stand_in_the_address(void **state)
{
	struct fixture *f = *state;

	noted(f, "token", "device_code=a", DEVICE_GRANT, "parameter_in_query:device_code");
	noted(f, "device", "client_id=a", "scope=openid", "parameter_in_query:client_id");
	noted(f, "revocation", "token=a", "client_id=b", "parameter_in_query:token");
	noted(f, "introspection", "token=a", "client_id=b", "parameter_in_query:token");
	noted(f, "par", "redirect_uri=b", "client_id=a&response_type=code",
	    "parameter_in_query:redirect_uri");
	/* these may */
	clean(f, "userinfo", "access_token=a", NULL);
	clean(f, "authorization", NULL, AUTHZ);
}

static void
a_grant_that_nobody_knows_may_have_any(void **state)
{
	struct fixture *f = *state;

	clean(f, "token", NULL, "grant_type=password&username=a&password=b");
}

static void
other_places_are_not_judged(void **state)
{
	struct fixture *f = *state;

	clean(f, "page", "a=b", "c=d");
	clean(f, NULL, "a=b", "c=d");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_the_standards_have_is_nothing_special, fixture_reset),
		cmocka_unit_test_setup(what_they_have_not_is_noted, fixture_reset),
		cmocka_unit_test_setup(beside_a_request_uri_stands_the_client_alone, fixture_reset),
		cmocka_unit_test_setup(what_has_to_be_there_is_missed, fixture_reset),
		cmocka_unit_test_setup(forms_do_not_stand_in_the_address, fixture_reset),
		cmocka_unit_test_setup(a_grant_that_nobody_knows_may_have_any, fixture_reset),
		cmocka_unit_test_setup(other_places_are_not_judged, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
