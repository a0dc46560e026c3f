/* The page of an authorization request. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static struct flow *
flow(struct fixture *f)
{
	struct flow_params p = { .client_id = strdup("jellyseerr"),
		.scope = strdup("openid"),
		.state = strdup("12345678"),
		.redirect_uri = strdup("https://a.test/cb") };

	return flows_new(&f->w.flows, &f->w.ids, &p, world_ms(&f->w));
}

static void
press(struct fixture *f, const struct flow *flow, const char *what)
{
	fixture_press(f, fixture_session(f, "alice"), EP_DECISION_PATH, "flow_id", flow->id, what);
	ep_decision(&f->w, &f->x);
}

static void
approving_goes_back_with_a_code(void **state)
{
	struct fixture *f = *state;
	struct flow *one = flow(f);

	press(f, one, "do=approve");
	assert_int_equal(f->x.rep.status, 303);
	assert_true(fixture_leads(f, "https://a.test/cb?code=authelia_ac_"));
	assert_string_equal(one->username, "alice");
	press(f, one, "do=approve");
	assert_int_equal(f->x.rep.status, 404);
	assert_true(fixture_shows(f, "Nothing to decide"));
}

static void
denying_goes_back_with_an_error(void **state)
{
	struct fixture *f = *state;

	press(f, flow(f), "do=deny");
	assert_int_equal(f->x.rep.status, 303);
	assert_true(fixture_leads(f, "https://a.test/cb?error=access_denied"));
}

static void
what_a_script_said_of_the_way_back_holds_for_both(void **state)
{
	struct fixture *f = *state;
	struct flow *yes = flow(f), *no = flow(f);

	yes->redirect = json_pack("{s:[s]}", "drop", "code");
	no->redirect = json_incref(yes->redirect);
	press(f, yes, "do=approve");
	assert_true(fixture_leads(f, "https://a.test/cb?iss="));
	press(f, no, "do=deny");
	assert_true(fixture_leads(f, "https://a.test/cb?error=access_denied"));
}

static void
the_page_shows_client_and_way_back(void **state)
{
	struct fixture *f = *state;
	char query[64] = "flow_id=";

	memcpy(query + 8, flow(f)->id, IDS_UUID_SIZE);
	(void)fixture_ask(f, "GET", EP_DECISION_PATH, NULL);
	fixture_query(f, query);
	fixture_cookie(f, fixture_session(f, "alice"));
	ep_decision(&f->w, &f->x);
	assert_int_equal(f->x.rep.status, 200);
	assert_true(fixture_shows(f, "<b>jellyseerr</b>"));
	assert_true(fixture_shows(f, "<b>a.test</b>"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(approving_goes_back_with_a_code, fixture_reset),
		cmocka_unit_test_setup(denying_goes_back_with_an_error, fixture_reset),
		cmocka_unit_test_setup(
		    what_a_script_said_of_the_way_back_holds_for_both, fixture_reset),
		cmocka_unit_test_setup(the_page_shows_client_and_way_back, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
