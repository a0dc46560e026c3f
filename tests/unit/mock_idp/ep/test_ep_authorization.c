/* The authorization endpoint. */
#include "config.h"

#include <string.h>

#include <stdlib.h>

#include "mock_idp/ep/ep.h"
#include "mock_idp/script/script.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define GOLDEN                                                                                     \
	"client_id=linux-post&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback&state=12345678&"  \
	"response_type=code"

static void
get(struct fixture *f, const char *query)
{
	(void)fixture_ask(f, "GET", FIXTURE_AUTHORIZATION, NULL);
	fixture_query(f, query);
	ep_authorization(&f->w, &f->x);
}

static void
sends_a_browser_to_the_page(void **state)
{
	struct fixture *f = *state;

	get(f, GOLDEN);
	assert_int_equal(f->x.rep.status, 302);
	assert_true(fixture_leads(f, EP_DECISION_PATH "?flow=openid_connect&flow_id="));
	assert_true(fixture_leads(f, f->w.flows.v[0]->id));
}

static void
a_form_becomes_a_query(void **state)
{
	struct fixture *f = *state;

	ep_authorization(&f->w, fixture_ask(f, "POST", FIXTURE_AUTHORIZATION, GOLDEN));
	assert_int_equal(f->x.rep.status, 302);
	assert_true(fixture_leads(f, FIXTURE_AUTHORIZATION "?client_id=linux-post&"));
	assert_int_equal(f->w.flows.n, 0);
}

static void
errors_go_where_they_can(void **state)
{
	struct fixture *f = *state;

	get(f, "client_id=x");
	assert_int_equal(f->x.rep.status, 302);
	assert_true(fixture_leads(f, FIXTURE_ISSUER "/consent/completion?error=invalid_client"));
	get(f, GOLDEN "&scope=wheel");
	assert_int_equal(f->x.rep.status, 303);
	assert_true(fixture_leads(f, "http://127.0.0.1:1/callback?error=invalid_scope"));
	assert_string_equal(f->x.rep.error, "invalid_scope");
}

static void
auto_asks_nobody(void **state)
{
	struct fixture *f = *state;

	f->w.auto_user = strdup("bob");
	get(f, GOLDEN);
	assert_int_equal(f->x.rep.status, 303);
	assert_true(fixture_leads(f, "/callback?code=authelia_ac_"));
	assert_string_equal(f->w.flows.v[0]->username, "bob");
}

/* A rule of a script that matched. */
static void
get_by(struct fixture *f, const struct rule *rule, const char *query)
{
	(void)fixture_ask(f, "GET", FIXTURE_AUTHORIZATION, NULL);
	fixture_query(f, query);
	f->x.by.rule = rule;
	f->x.by.instead = rule->instead;
	ep_authorization(&f->w, &f->x);
}

static void
a_rule_changes_the_way_back(void **state)
{
	struct rule rule = { .redirect = json_pack("{s:{s:s}}", "set", "state", "x") };
	struct fixture *f = *state;

	get_by(f, &rule, GOLDEN "&scope=wheel");
	assert_true(fixture_leads(f, "&state=x"));
	get_by(f, &rule, "client_id=x");
	assert_false(fixture_leads(f, "state=x"));
	get_by(f, &rule, GOLDEN);
	assert_true(fixture_leads(f, EP_DECISION_PATH));
	assert_false(fixture_leads(f, "state=x"));
	assert_ptr_equal(f->w.flows.v[0]->redirect, rule.redirect);
	f->w.auto_user = strdup("bob");
	get_by(f, &rule, GOLDEN);
	assert_true(fixture_leads(f, "/callback?code="));
	assert_true(fixture_leads(f, "&state=x"));
	json_decref(rule.redirect);
}

static void
a_rule_that_answers_leaves_nothing_to_decide(void **state)
{
	const struct rule rule = { .instead = true };
	struct fixture *f = *state;

	f->w.auto_user = strdup("bob");
	get_by(f, &rule, GOLDEN);
	assert_int_equal(f->x.rep.status, 0);
	assert_int_equal(f->w.flows.n, 0);
}

static void
faults_and_habits_are_noted(void **state)
{
	struct fixture *f = *state;

	get(f, GOLDEN);
	assert_int_equal(json_array_size(f->x.violations), 0);
	get(f, GOLDEN "&scope=wheel");
	assert_true(fixture_violated(f, "scope:wheel"));
	get(f,
	    "client_id=linux-post&response_type=code&state=12345678&redirect_uri="
	    "http%3A%2F%2Flocalhost%2Fcallback");
	assert_true(fixture_violated(f, "redirect_localhost:http://localhost/callback"));
	assert_true(fixture_violated(f, "redirect_unregistered:http://localhost/callback"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(sends_a_browser_to_the_page, fixture_reset),
		cmocka_unit_test_setup(a_form_becomes_a_query, fixture_reset),
		cmocka_unit_test_setup(errors_go_where_they_can, fixture_reset),
		cmocka_unit_test_setup(faults_and_habits_are_noted, fixture_reset),
		cmocka_unit_test_setup(auto_asks_nobody, fixture_reset),
		cmocka_unit_test_setup(a_rule_changes_the_way_back, fixture_reset),
		cmocka_unit_test_setup(a_rule_that_answers_leaves_nothing_to_decide, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
