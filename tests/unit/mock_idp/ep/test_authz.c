/* Authorization requests, judged. */
#include "config.h"

#include <string.h>

#include <stdio.h>
#include <stdlib.h>

#include "mock_idp/ep/authz.h"
#include "mock_idp/ep/judge.h"
#include "mock_idp/form.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define CLIENT "client_id=linux-login&"
#define BACK "redirect_uri=http%3A%2F%2F127.0.0.1%3A4712%2Fcallback&"
#define STATE "state=12345678&"
#define TYPE "response_type=code&"
#define PKCE                                                                                       \
	"code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&"
#define GOLDEN CLIENT BACK STATE TYPE PKCE "scope=openid+groups"

static struct authz
ask(struct fixture *f, const char *query, bool somebody)
{
	struct pairs p = { .n = 0 };
	struct authz a;

	assert_int_equal(form_parse(&p, query, strlen(query)), E_OK);
	assert_true(authz_begin(&f->w, &p, somebody, &a));
	pairs_clear(&p);
	return a;
}

static void
refused(struct fixture *f, const char *query, const char *error, const char *to)
{
	struct authz a = ask(f, query, false);

	assert_null(a.flow);
	assert_string_equal(a.error, error);
	if (strncmp(a.location, to, strlen(to)) != 0)
		fail_msg("%s does not go to %s", a.location, to);
	free(a.location);
}

static void
a_right_one_waits_for_its_person(void **state)
{
	struct fixture *f = *state;
	struct authz a = ask(f, GOLDEN, false);

	assert_non_null(a.flow);
	assert_null(a.location);
	assert_ptr_equal(authz_waiting(&f->w, a.flow->id), a.flow);
	assert_string_equal(a.flow->p.redirect_uri, "http://127.0.0.1:4712/callback");
	f->ms += FLOWS_LIFE_MS;
	assert_null(authz_waiting(&f->w, a.flow->id));
}

static void
approval_answers_with_sorted_parameters(void **state)
{
	struct fixture *f = *state;
	struct flow *flow = ask(f, GOLDEN, false).flow;
	char *location = authz_approve(&f->w, flow, "alice", 7), want[512];

	(void)snprintf(want, sizeof(want),
	    "http://127.0.0.1:4712/callback?code=%s&iss=https%%3A%%2F%%2F127.0.0.1%%3A4711&"
	    "scope=openid+groups&state=12345678",
	    flow->code);
	assert_string_equal(location, want);
	assert_null(authz_waiting(&f->w, flow->id));
	free(location);
}

static void
an_odd_code_comes_encoded(void **state)
{
	struct fixture *f = *state;
	struct flow *flow = ask(f, GOLDEN, false).flow;
	char *location;

	f->w.odd_codes = true;
	location = authz_approve(&f->w, flow, "alice", 7);
	f->w.odd_codes = false;
	assert_non_null(strstr(location, "%2B%2F%3D%26%2525%22&iss="));
	assert_ptr_equal(flows_by_code(&f->w.flows, flow->code), flow);
	free(location);
}

static void
denial_is_access_denied(void **state)
{
	struct fixture *f = *state;
	struct flow *flow = ask(f, GOLDEN, false).flow;
	char *location = authz_deny(&f->w, flow);

	assert_non_null(strstr(location, "/callback?error=access_denied&error_description="));
	assert_non_null(strstr(location, "&iss=https%3A%2F%2F127.0.0.1%3A4711&state=12345678"));
	assert_null(authz_waiting(&f->w, flow->id));
	free(location);
}

static void
who_or_where_in_doubt_stays_here(void **state)
{
	struct fixture *f = *state;
	static const char page[] = FIXTURE_ISSUER "/consent/completion?error=";

	refused(f, "client_id=nobody&" BACK STATE TYPE PKCE, "invalid_client", page);
	refused(f, BACK STATE TYPE PKCE, "invalid_client", page);
	refused(f, CLIENT STATE TYPE PKCE, "invalid_request", page);
	refused(f, CLIENT "redirect_uri=http%3A%2F%2F127.0.0.1%2Fother&" STATE TYPE PKCE,
	    "invalid_request", page);
	refused(f, "client_id=jellyseerr&" BACK STATE TYPE, "invalid_request", page);
}

static void
other_faults_go_back_to_the_client(void **state)
{
	struct fixture *f = *state;
	static const char back[] = "http://127.0.0.1:4712/callback?error=";

	refused(f, CLIENT BACK TYPE PKCE "state=1234567", "invalid_state", back);
	refused(f, CLIENT BACK STATE PKCE, "unsupported_response_type", back);
	refused(f, CLIENT BACK STATE PKCE "response_type=token", "unsupported_response_type", back);
	refused(f, GOLDEN "&response_mode=form_post", "unsupported_response_mode", back);
	refused(f, CLIENT BACK STATE TYPE PKCE "scope=openid+wheel", "invalid_scope", back);
	refused(f, GOLDEN "&nonce=1234567", "insufficient_entropy", back);
	refused(f, GOLDEN "&max_age=x", "invalid_request", back);
	refused(f, GOLDEN "&prompt=none", "login_required", back);
	strlist_clear(&f->w.people.clients[0].grants);
	refused(f, GOLDEN, "unauthorized_client", back);
	assert_int_equal(strlist_add(&f->w.people.clients[0].grants, PEOPLE_CODE_GRANT,
	                     strlen(PEOPLE_CODE_GRANT), 9),
	    E_OK);
}

static void
pkce_is_s256_and_a_public_client_must(void **state)
{
	struct fixture *f = *state;
	static const char back[] = "http://127.0.0.1:4712/callback?error=";
	struct authz a;

	refused(f, CLIENT BACK STATE TYPE, "invalid_request", back);
	refused(f,
	    CLIENT BACK STATE TYPE "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
	    "invalid_request", back);
	refused(f,
	    CLIENT BACK STATE TYPE "code_challenge_method=plain&code_challenge="
	                           "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
	    "invalid_request", back);
	refused(f, CLIENT BACK STATE TYPE "code_challenge_method=S256&code_challenge=short",
	    "invalid_request", back);
	a = ask(f, "client_id=linux-post&" BACK STATE TYPE, false);
	assert_non_null(a.flow);
}

static void
prompt_and_max_age_ask_for_a_fresh_sign_in(void **state)
{
	struct fixture *f = *state;
	struct authz a;

	f->ms = 100000;
	assert_int_equal(ask(f, GOLDEN, true).flow->auth_from, INT64_MIN);
	assert_int_equal(ask(f, GOLDEN "&prompt=login", true).flow->auth_from, 100000);
	assert_int_equal(ask(f, GOLDEN "&max_age=60", true).flow->auth_from, 40000);
	a = ask(f, GOLDEN "&prompt=none", true);
	assert_string_equal(a.error, "consent_required");
	free(a.location);
}

/* What linux-login pushed: golden but for that state. */
static struct pushed_request *
pushed(struct fixture *f, const char *more)
{
	struct pairs p = { .n = 0 };
	struct pushed_request *r;

	assert_int_equal(form_parse(&p, GOLDEN, strlen(GOLDEN)), E_OK);
	if (more != NULL)
		assert_int_equal(form_parse(&p, more, strlen(more)), E_OK);
	r = pushed_new(&f->w.pushed, &f->w.ids, &p, world_ms(&f->w));
	assert_non_null(r);
	return r;
}

/* The browser comes with it, sent by that client. */
static struct authz
come(struct fixture *f, const char *uri, const char *client)
{
	struct pairs p = { .n = 0 };
	struct authz a;

	assert_int_equal(pairs_add(&p, "request_uri", uri), E_OK);
	if (client != NULL)
		assert_int_equal(pairs_add(&p, "client_id", client), E_OK);
	assert_true(authz_begin(&f->w, &p, false, &a));
	pairs_clear(&p);
	return a;
}

static void
comes_to(struct authz a, const char *error, const char *violation, const char *to)
{
	assert_null(a.flow);
	assert_string_equal(a.error, error);
	assert_string_equal(a.refusal->violation, violation);
	if (strncmp(a.location, to, strlen(to)) != 0)
		fail_msg("%s does not go to %s", a.location, to);
	free(a.location);
}

#define HERE FIXTURE_ISSUER "/consent/completion?error="
#define THERE "http://127.0.0.1:4712/callback?error="

static void
a_pushed_one_is_good_for_one_browser(void **state)
{
	struct fixture *f = *state;
	struct pushed_request *p = pushed(f, NULL);
	struct authz a = come(f, p->uri, "linux-login");

	assert_non_null(a.flow);
	assert_string_equal(a.flow->p.scope, "openid groups");
	comes_to(come(f, p->uri, "linux-login"), "invalid_request_uri", "request_uri_reuse", HERE);
	comes_to(come(f, PUSHED_PREFIX "x", "linux-login"), "invalid_request_uri",
	    "request_uri_unknown", HERE);
	comes_to(come(f, "https://a.test/object", "linux-login"), "invalid_request_uri",
	    "request_uri_unknown", HERE);
}

static void
for_five_minutes(void **state)
{
	struct fixture *f = *state;
	struct pushed_request *p = pushed(f, NULL), *q = pushed(f, NULL);

	f->ms += PUSHED_LIFE * 1000 - 1;
	assert_non_null(come(f, p->uri, "linux-login").flow);
	f->ms++;
	comes_to(
	    come(f, q->uri, "linux-login"), "invalid_request_uri", "request_uri_expired", THERE);
	comes_to(come(f, q->uri, "linux-login"), "invalid_request_uri", "request_uri_reuse", HERE);
}

static void
and_for_who_pushed_it(void **state)
{
	struct fixture *f = *state;
	struct pushed_request *p = pushed(f, NULL), *q = pushed(f, NULL);

	comes_to(come(f, p->uri, "linux-post"), "invalid_request", "request_uri_foreign", THERE);
	comes_to(come(f, q->uri, NULL), "invalid_request", "request_uri_foreign", THERE);
	/* as with Authelia, that was its one use */
	comes_to(come(f, p->uri, "linux-login"), "invalid_request_uri", "request_uri_reuse", HERE);
}

static void
its_faults_go_back_as_ever(void **state)
{
	struct fixture *f = *state;

	comes_to(come(f, pushed(f, "&nonce=1")->uri, "linux-login"), "insufficient_entropy",
	    "short_nonce", THERE);
}

static void
where_it_is_required_nothing_else_will_do(void **state)
{
	struct fixture *f = *state;

	f->w.require_par = true;
	comes_to(ask(f, GOLDEN, false), "invalid_request", "par_required", HERE);
	assert_non_null(come(f, pushed(f, NULL)->uri, "linux-login").flow);
	f->w.require_par = false;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_right_one_waits_for_its_person, fixture_reset),
		cmocka_unit_test_setup(approval_answers_with_sorted_parameters, fixture_reset),
		cmocka_unit_test_setup(an_odd_code_comes_encoded, fixture_reset),
		cmocka_unit_test_setup(denial_is_access_denied, fixture_reset),
		cmocka_unit_test_setup(who_or_where_in_doubt_stays_here, fixture_reset),
		cmocka_unit_test_setup(other_faults_go_back_to_the_client, fixture_reset),
		cmocka_unit_test_setup(pkce_is_s256_and_a_public_client_must, fixture_reset),
		cmocka_unit_test_setup(a_pushed_one_is_good_for_one_browser, fixture_reset),
		cmocka_unit_test_setup(for_five_minutes, fixture_reset),
		cmocka_unit_test_setup(and_for_who_pushed_it, fixture_reset),
		cmocka_unit_test_setup(its_faults_go_back_as_ever, fixture_reset),
		cmocka_unit_test_setup(where_it_is_required_nothing_else_will_do, fixture_reset),
		cmocka_unit_test_setup(prompt_and_max_age_ask_for_a_fresh_sign_in, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
