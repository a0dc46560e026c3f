/* The token endpoint. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
post(struct fixture *f, const char *form)
{
	ep_token(&f->w, fixture_ask(f, "POST", "/api/oidc/token", form));
}

/* A poll for that code by a client, the interval after the last. */
static void
poll_code(struct fixture *f, const char *device, const char *client)
{
	char form[512];

	f->ms += 10000;
	(void)snprintf(form, sizeof(form), "grant_type=%s&device_code=%s&client_id=%s",
	    "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code", device, client);
	post(f, form);
}

static void
answered(struct fixture *f, int status, const char *error)
{
	assert_int_equal(f->x.rep.status, status);
	assert_string_equal(fixture_string(f, "error"), error);
}

static void
an_approved_code_gives_tokens_once(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid profile", NULL);

	poll_code(f, c->device, "linux-login");
	answered(f, 400, "authorization_pending");
	assert_int_equal(codes_approve(c, "alice", 1), E_OK);
	poll_code(f, c->device, "linux-login");
	assert_int_equal(f->x.rep.status, 200);
	assert_string_equal(fixture_string(f, "token_type"), "bearer");
	assert_string_equal(fixture_string(f, "scope"), "openid profile");
	assert_int_equal(json_integer_value(json_object_get(fixture_body(f), "expires_in")), 3599);
	assert_non_null(grants_find(&f->w.grants, fixture_string(f, "access_token")));
	assert_int_equal(strncmp(fixture_string(f, "id_token"), "eyJ", 3), 0);
	assert_int_equal(json_object_size(fixture_body(f)), 5);
	assert_false(fixture_violated(f, "early_poll"));
	poll_code(f, c->device, "linux-login");
	answered(f, 500, "server_error");
}

static void
without_openid_there_is_no_id_token(void **state)
{
	struct fixture *f = *state;

	poll_code(f, fixture_code(f, "profile", "alice")->device, "linux-login");
	assert_int_equal(f->x.rep.status, 200);
	assert_null(json_object_get(fixture_body(f), "id_token"));
}

static void
denied_and_unknown_codes_are_server_errors(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);

	c->state = CODE_DENIED;
	poll_code(f, c->device, "linux-login");
	answered(f, 500, "server_error");
	poll_code(f, "authelia_dc_none", "linux-login");
	answered(f, 500, "server_error");
}

static void
expiry_shows_only_after_approval(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);

	f->ms += 700000;
	poll_code(f, c->device, "linux-login");
	answered(f, 400, "authorization_pending");
	assert_true(fixture_violated(f, "poll_after_expiry"));
	assert_int_equal(codes_approve(c, "alice", 1), E_OK);
	poll_code(f, c->device, "linux-login");
	answered(f, 400, "expired_token");
}

static void
a_code_belongs_to_its_client(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", "alice");

	poll_code(f, c->device, "linux-post&client_secret=post-secret");
	answered(f, 400, "invalid_grant");
	poll_code(f, c->device, "linux-login");
	assert_int_equal(f->x.rep.status, 200);
}

static void
early_polls_are_noted_with_their_gap(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);

	f->ms -= 1;
	poll_code(f, c->device, "linux-login");
	assert_true(fixture_violated(f, "early_poll:9999ms"));
	poll_code(f, c->device, "linux-login");
	assert_false(fixture_violated(f, "early_poll"));
	f->ms -= 1;
	poll_code(f, c->device, "linux-login");
	assert_true(fixture_violated(f, "early_poll:9999ms"));
	assert_int_equal(c->polls, 3);
}

static void
requests_that_ask_for_nothing_are_invalid(void **state)
{
	struct fixture *f = *state;

	post(f, "");
	answered(f, 400, "invalid_request");
	post(f, "client_id=linux-login");
	answered(f, 400, "invalid_request");
	post(f, "grant_type=password&client_id=linux-login");
	answered(f, 400, "invalid_request");
	poll_code(f, "", "linux-login");
	answered(f, 400, "invalid_request");
}

static void
wrong_clients_are_refused(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", "alice");
	struct client none = { .id = strdup("no-grant") };

	assert_int_equal(people_put_client(&f->w.people, &none), E_OK);
	poll_code(f, c->device, "linux-login&client_secret=x");
	answered(f, 401, "invalid_client");
	assert_null(pairs_get(&f->x.rep.headers, "WWW-Authenticate"));
	poll_code(f, c->device, "no-grant");
	answered(f, 400, "unauthorized_client");
}

static void
the_algorithm_is_the_worlds(void **state)
{
	struct fixture *f = *state;

	f->w.alg = KEYS_ES256;
	poll_code(f, fixture_code(f, "openid", "alice")->device, "linux-login");
	/* {"alg":"ES256" */
	assert_int_equal(strncmp(fixture_string(f, "id_token"), "eyJhbGciOiJFUzI1NiI", 19), 0);
}

/* An approved flow of linux-post, with RFC 7636 appendix B's challenge. */
static struct flow *
approved_flow(struct fixture *f)
{
	struct flow_params p = { .client_id = strdup("linux-post"),
		.scope = strdup("openid"),
		.state = strdup("12345678"),
		.redirect_uri = strdup("http://127.0.0.1:1/cb"),
		.nonce = strdup("nonce-1234"),
		.challenge = strdup("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM") };
	struct flow *flow = flows_new(&f->w.flows, &f->w.ids, &p, world_ms(&f->w));

	assert_non_null(flow);
	assert_int_equal(flows_approve(flow, &f->w.ids, "alice", 7, world_ms(&f->w)), E_OK);
	return flow;
}

#define VERIFIER "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define BACK "&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcb"
#define POST_CLIENT "&client_id=linux-post&client_secret=post-secret"

static void
redeem(struct fixture *f, const char *code, const char *more)
{
	char form[512];

	(void)snprintf(form, sizeof(form), "grant_type=authorization_code&code=%s%s", code, more);
	post(f, form);
}

static void
an_authorization_code_is_redeemed_once(void **state)
{
	struct fixture *f = *state;
	struct flow *flow = approved_flow(f);
	char access[IDS_OPAQUE_SIZE];

	redeem(f, flow->code, VERIFIER BACK POST_CLIENT);
	assert_int_equal(f->x.rep.status, 200);
	(void)snprintf(access, sizeof(access), "%s", fixture_string(f, "access_token"));
	assert_string_equal(grants_find(&f->w.grants, access)->username, "alice");
	assert_string_equal(grants_find(&f->w.grants, access)->nonce, "nonce-1234");
	assert_int_equal(strncmp(fixture_string(f, "id_token"), "eyJ", 3), 0);
	redeem(f, flow->code, VERIFIER BACK POST_CLIENT);
	answered(f, 400, "invalid_grant");
	assert_null(grants_find(&f->w.grants, access));
}

static void
an_authorization_code_wants_all_that_was_asked_with_it(void **state)
{
	struct fixture *f = *state;
	struct flow *flow = approved_flow(f);

	redeem(f, flow->code, BACK POST_CLIENT);
	answered(f, 400, "invalid_grant");
	redeem(f, flow->code, BACK POST_CLIENT "&code_verifier=short");
	answered(f, 400, "invalid_grant");
	redeem(f, flow->code,
	    BACK POST_CLIENT "&code_verifier=EBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
	answered(f, 400, "invalid_grant");
	redeem(f, flow->code, VERIFIER POST_CLIENT);
	answered(f, 400, "invalid_grant");
	redeem(f, flow->code, VERIFIER "&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb" POST_CLIENT);
	answered(f, 400, "invalid_grant");
	redeem(f, flow->code, VERIFIER BACK "&client_id=linux-login");
	answered(f, 400, "invalid_grant");
	redeem(f, "", VERIFIER BACK POST_CLIENT);
	answered(f, 400, "invalid_grant");
	redeem(f, flow->code, VERIFIER BACK "&client_id=linux-post&client_secret=x");
	answered(f, 401, "invalid_client");
	redeem(f, flow->code, VERIFIER BACK POST_CLIENT);
	assert_int_equal(f->x.rep.status, 200);
}

static void
an_authorization_code_lives_a_minute(void **state)
{
	struct fixture *f = *state;
	struct flow *flow = approved_flow(f);

	f->ms += FLOWS_CODE_LIFE_MS;
	redeem(f, flow->code, VERIFIER BACK POST_CLIENT);
	answered(f, 400, "invalid_grant");
	f->ms--;
	redeem(f, flow->code, VERIFIER BACK POST_CLIENT);
	assert_int_equal(f->x.rep.status, 200);
}

static void
a_verifier_without_a_challenge_is_refused(void **state)
{
	struct fixture *f = *state;
	struct flow *flow = approved_flow(f);

	free(flow->p.challenge);
	flow->p.challenge = NULL;
	redeem(f, flow->code, VERIFIER BACK POST_CLIENT);
	answered(f, 400, "invalid_grant");
	redeem(f, flow->code, BACK POST_CLIENT);
	assert_int_equal(f->x.rep.status, 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(an_approved_code_gives_tokens_once, fixture_reset),
		cmocka_unit_test_setup(without_openid_there_is_no_id_token, fixture_reset),
		cmocka_unit_test_setup(denied_and_unknown_codes_are_server_errors, fixture_reset),
		cmocka_unit_test_setup(expiry_shows_only_after_approval, fixture_reset),
		cmocka_unit_test_setup(a_code_belongs_to_its_client, fixture_reset),
		cmocka_unit_test_setup(early_polls_are_noted_with_their_gap, fixture_reset),
		cmocka_unit_test_setup(requests_that_ask_for_nothing_are_invalid, fixture_reset),
		cmocka_unit_test_setup(wrong_clients_are_refused, fixture_reset),
		cmocka_unit_test_setup(the_algorithm_is_the_worlds, fixture_reset),
		cmocka_unit_test_setup(an_authorization_code_is_redeemed_once, fixture_reset),
		cmocka_unit_test_setup(
		    an_authorization_code_wants_all_that_was_asked_with_it, fixture_reset),
		cmocka_unit_test_setup(an_authorization_code_lives_a_minute, fixture_reset),
		cmocka_unit_test_setup(a_verifier_without_a_challenge_is_refused, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
