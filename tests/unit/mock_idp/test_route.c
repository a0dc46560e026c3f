/* From a request to its endpoint. */
#include "config.h"

#include <stdio.h>

#include <string.h>

#include "mock_idp/control/pick.h"
#include "mock_idp/route.h"
#include "mock_idp/wire/fault.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static int
route_one(struct fixture *f, const char *method, const char *path, const char *form)
{
	route(&f->w, fixture_ask(f, method, path, form));
	return f->x.rep.status;
}

static void
each_path_has_its_methods(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(route_one(f, "GET", "/.well-known/openid-configuration", NULL), 200);
	assert_string_equal(pairs_get(&f->x.rep.headers, "Access-Control-Allow-Origin"), "*");
	assert_int_equal(route_one(f, "GET", "/.well-known/oauth-authorization-server", NULL), 200);
	assert_int_equal(route_one(f, "GET", "/jwks.json", NULL), 200);
	assert_int_equal(route_one(f, "GET", "/consent/openid/device-authorization", NULL), 200);
	assert_int_equal(route_one(f, "POST", "/api/oidc/userinfo", ""), 401);
	assert_null(pairs_get(&f->x.rep.headers, "Access-Control-Allow-Origin"));
	assert_int_equal(route_one(f, "POST", "/jwks.json", ""), 405);
	assert_true(fixture_violated(f, "method:POST"));
	assert_int_equal(route_one(f, "GET", "/api/oidc/token", NULL), 405);
	assert_int_equal(route_one(f, "HEAD", "/jwks.json", NULL), 405);
	assert_int_equal(route_one(f, "GET", "/jwks.json/", NULL), 404);
	assert_true(fixture_violated(f, "unknown_path"));
}

static void
each_path_has_the_word_of_its_endpoint(void **state)
{
	static const struct {
		const char *path, *ep;
	} want[] = {
		{ "/.well-known/openid-configuration", "discovery" },
		{ "/.well-known/oauth-authorization-server", "oauth-metadata" },
		{ "/jwks.json", "jwks" },
		{ "/api/oidc/device-authorization", "device" },
		{ "/api/oidc/token", "token" },
		{ "/api/oidc/userinfo", "userinfo" },
		{ "/api/oidc/authorization", "authorization" },
		{ "/consent/completion", "page" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		(void)route_one(f, "GET", want[i].path, NULL);
		assert_non_null(f->x.ep);
		assert_string_equal(f->x.ep, want[i].ep);
	}
	(void)route_one(f, "GET", "/jwks.json/", NULL);
	assert_null(f->x.ep);
}

static void
every_answer_forbids_caching_and_is_in_the_journal(void **state)
{
	struct fixture *f = *state;

	f->ms = 3000;
	(void)route_one(f, "GET", "/nowhere", NULL);
	assert_string_equal(pairs_get(&f->x.rep.headers, "Cache-Control"), "no-store");
	assert_string_equal(pairs_get(&f->x.rep.headers, "X-Content-Type-Options"), "nosniff");
	assert_int_equal(pick_count(&f->w.journal, "/nowhere"), 1);
	assert_int_equal(journal_at(&f->w.journal, 0)->us, 2000000);
}

static void
so_many_requests_are_lost_on_their_way(void **state)
{
	struct fixture *f = *state;
	json_t *o;

	f->w.drop_next = 1;
	assert_int_equal(route_one(f, "POST", "/api/oidc/device-authorization",
	                     "client_id=linux-login&scope=&nonce="),
	    0);
	assert_non_null(f->x.fault);
	assert_int_equal(f->x.fault->end, FAULT_DROP);
	assert_int_equal(f->w.codes.n, 0);
	/* what was wrong with it is noted all the same */
	o = journal_entry(&f->w.journal, 0);
	assert_int_equal(json_array_size(json_object_get(o, "violations")), 2);
	assert_string_equal(json_string_value(json_object_get(o, "rule")), "drop-next");
	json_decref(o);
	assert_int_equal(route_one(f, "GET", "/jwks.json", NULL), 200);
	assert_null(f->x.fault);
}

static void
a_faultless_request_has_no_violation(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(route_one(f, "POST", "/api/oidc/device-authorization",
	                     "client_id=linux-login&scope=openid"),
	    200);
	assert_int_equal(json_array_size(f->x.violations), 0);
}

static void
careless_requests_are_noted(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "POST", "/api/oidc/device-authorization",
	    "client_id=linux-login&claims=1&claims=2&acr_values=&scope=openid");

	assert_int_equal(pairs_add(&x->req.headers, "cookie", "c=1"), E_OK);
	route(&f->w, x);
	assert_int_equal(x->rep.status, 200);
	assert_true(fixture_violated(f, "cookie"));
	assert_true(fixture_violated(f, "duplicate_parameter:claims"));
	assert_true(fixture_violated(f, "empty_parameter:acr_values"));
	assert_int_equal(json_array_size(x->violations), 3);
}

static void
one_client_may_name_many_resources(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(route_one(f, "POST", "/api/oidc/device-authorization",
	                     "client_id=linux-login&scope=openid&resource=a&resource=b"),
	    200);
	assert_int_equal(json_array_size(f->x.violations), 0);
}

static void
a_client_s_habits_and_parameters_are_judged(void **state)
{
	struct fixture *f = *state;
	struct exchange *x;

	assert_int_equal(route_one(f, "GET", "/jwks.json", NULL), 200);
	x = fixture_ask(f, "POST", "/api/oidc/device-authorization", "client_id=linux-login&a=b");
	assert_int_equal(pairs_add(&x->req.headers, "user-agent", "other"), E_OK);
	assert_int_equal(pairs_add(&x->req.headers, "accept", "text/html"), E_OK);
	route(&f->w, x);
	assert_int_equal(x->rep.status, 200);
	assert_true(fixture_violated(f, "unknown_parameter:a"));
	assert_true(fixture_violated(f, "user_agent_changed:other"));
	assert_true(fixture_violated(f, "accept:text/html"));
	/* a browser has habits of its own */
	x = fixture_ask(f, "GET", "/consent/openid/device-authorization", NULL);
	assert_int_equal(pairs_add(&x->req.headers, "user-agent", "browser"), E_OK);
	assert_int_equal(pairs_add(&x->req.headers, "accept", "text/html"), E_OK);
	route(&f->w, x);
	assert_int_equal(json_array_size(x->violations), 0);
}

static void
what_authelia_counts_is_counted(void **state)
{
	static const char *const forms[] = { "token", "pushed-authorization-request", "userinfo",
		"introspection", "revocation" };
	struct fixture *f = *state;
	char path[64];

	assert_true(limiter_set(&f->w.limiter, "60/1"));
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		(void)snprintf(path, sizeof(path), "/api/oidc/%s", forms[i]);
		assert_int_not_equal(route_one(f, "POST", path, "a=b"), 429);
		assert_int_equal(route_one(f, "POST", path, "a=b"), 429);
	}
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
		    route_one(f, "POST", "/api/oidc/device-authorization", "a=b"), 401);
		assert_int_equal(route_one(f, "GET", "/jwks.json", NULL), 200);
	}
	assert_true(limiter_set(&f->w.limiter, "off"));
	assert_int_not_equal(route_one(f, "POST", "/api/oidc/token", "a=b"), 429);
}

static void
a_body_of_another_type_is_noted(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "POST", "/api/oidc/token", NULL);

	x->req.bodylen = 2;
	assert_int_equal(pairs_add(&x->req.headers, "content-type", "application/json"), E_OK);
	route(&f->w, x);
	assert_int_equal(x->rep.status, 400);
	assert_true(fixture_violated(f, "content_type:application/json"));
}

static void
a_foreign_host_finds_no_issuer(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "GET", "/jwks.json", NULL);

	pairs_clear(&x->req.headers);
	assert_int_equal(pairs_add(&x->req.headers, "host", "evil.test"), E_OK);
	route(&f->w, x);
	assert_int_equal(x->rep.status, 400);
	assert_true(fixture_violated(f, "host:evil.test"));
}

static void
what_is_no_request_is_answered_and_closed(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "", "", NULL);

	route_bad(&f->w, x, 431);
	assert_int_equal(x->rep.status, 431);
	assert_true(x->rep.close);
	assert_true(fixture_violated(f, "malformed_request"));
	assert_int_equal(f->w.journal.requests, 1);
}

static void
a_browser_may_have_cookies(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "POST", "/consent/openid/decision", "a=&b=1&b=2");

	assert_int_equal(pairs_add(&x->req.headers, "cookie", "c=1"), E_OK);
	route(&f->w, x);
	assert_int_equal(x->rep.status, 400);
	assert_int_equal(json_array_size(x->violations), 0);
	x = fixture_ask(f, "GET", "/api/oidc/authorization", NULL);
	fixture_query(f,
	    "client_id=linux-post&response_type=code&state=12345678&claims=&redirect_uri="
	    "http%3A%2F%2F127.0.0.1%3A1%2Fcallback");
	assert_int_equal(pairs_add(&x->req.headers, "cookie", "c=1"), E_OK);
	route(&f->w, x);
	assert_true(fixture_violated(f, "empty_parameter:claims"));
	assert_int_equal(json_array_size(x->violations), 1);
}

static void
a_page_has_one_policy_and_the_rest_the_strictest(void **state)
{
	struct fixture *f = *state;

	(void)route_one(f, "GET", "/consent/completion", NULL);
	assert_int_equal(pairs_count(&f->x.rep.headers, "Content-Security-Policy"), 1);
	assert_non_null(
	    strstr(pairs_get(&f->x.rep.headers, "Content-Security-Policy"), "style-src"));
	(void)route_one(f, "GET", "/jwks.json", NULL);
	assert_string_equal(
	    pairs_get(&f->x.rep.headers, "Content-Security-Policy"), "default-src 'none'");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_path_has_its_methods, fixture_reset),
		cmocka_unit_test_setup(each_path_has_the_word_of_its_endpoint, fixture_reset),
		cmocka_unit_test_setup(
		    every_answer_forbids_caching_and_is_in_the_journal, fixture_reset),
		cmocka_unit_test_setup(so_many_requests_are_lost_on_their_way, fixture_reset),
		cmocka_unit_test_setup(a_faultless_request_has_no_violation, fixture_reset),
		cmocka_unit_test_setup(careless_requests_are_noted, fixture_reset),
		cmocka_unit_test_setup(one_client_may_name_many_resources, fixture_reset),
		cmocka_unit_test_setup(a_client_s_habits_and_parameters_are_judged, fixture_reset),
		cmocka_unit_test_setup(what_authelia_counts_is_counted, fixture_reset),
		cmocka_unit_test_setup(a_body_of_another_type_is_noted, fixture_reset),
		cmocka_unit_test_setup(a_foreign_host_finds_no_issuer, fixture_reset),
		cmocka_unit_test_setup(what_is_no_request_is_answered_and_closed, fixture_reset),
		cmocka_unit_test_setup(a_browser_may_have_cookies, fixture_reset),
		cmocka_unit_test_setup(
		    a_page_has_one_policy_and_the_rest_the_strictest, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
