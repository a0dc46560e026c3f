/* The authorization code grant. */
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

static void
answered(struct fixture *f, int status, const char *error)
{
	assert_int_equal(f->x.rep.status, status);
	assert_string_equal(fixture_string(f, "error"), error);
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

static void
what_was_wrong_with_a_code_is_noted(void **state)
{
	struct fixture *f = *state;
	struct flow *flow = approved_flow(f), *late = approved_flow(f);

	redeem(f, "x", VERIFIER BACK POST_CLIENT);
	assert_true(fixture_violated(f, "code_unknown"));
	redeem(f, flow->code, VERIFIER BACK "&client_id=linux-login");
	assert_true(fixture_violated(f, "code_foreign"));
	redeem(f, flow->code, VERIFIER POST_CLIENT);
	assert_true(fixture_violated(f, "redirect_mismatch"));
	redeem(f, flow->code, BACK POST_CLIENT);
	assert_true(fixture_violated(f, "pkce_verifier"));
	redeem(f, flow->code, VERIFIER BACK POST_CLIENT);
	assert_int_equal(json_array_size(f->x.violations), 0);
	redeem(f, flow->code, VERIFIER BACK POST_CLIENT);
	assert_true(fixture_violated(f, "code_replay"));
	f->ms += FLOWS_CODE_LIFE_MS;
	redeem(f, late->code, VERIFIER BACK POST_CLIENT);
	assert_true(fixture_violated(f, "code_expired"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(an_authorization_code_is_redeemed_once, fixture_reset),
		cmocka_unit_test_setup(
		    an_authorization_code_wants_all_that_was_asked_with_it, fixture_reset),
		cmocka_unit_test_setup(an_authorization_code_lives_a_minute, fixture_reset),
		cmocka_unit_test_setup(a_verifier_without_a_challenge_is_refused, fixture_reset),
		cmocka_unit_test_setup(what_was_wrong_with_a_code_is_noted, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
