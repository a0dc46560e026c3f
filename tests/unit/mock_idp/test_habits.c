/* What a request says about its client. */
#include "config.h"

#include "mock_idp/habits.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
ask(struct fixture *f, const char *ep, const char *name, const char *value)
{
	struct exchange *x = fixture_ask(f, "GET", "/", NULL);

	x->ep = ep;
	if (value != NULL)
		assert_int_equal(pairs_add(&x->req.headers, name, value), E_OK);
	habits_judge(&f->w, x);
}

static void
a_user_agent_stays_what_it_is(void **state)
{
	struct fixture *f = *state;

	ask(f, "discovery", "user-agent", "one/1");
	ask(f, "jwks", "user-agent", "one/1");
	assert_int_equal(json_array_size(f->x.violations), 0);
	ask(f, "token", "user-agent", "one/2");
	assert_true(fixture_violated(f, "user_agent_changed:one/2"));
	ask(f, "token", "user-agent", NULL);
	assert_true(fixture_violated(f, "user_agent_changed"));
	ask(f, "token", "user-agent", "one/1");
	assert_int_equal(json_array_size(f->x.violations), 0);
	world_reset(&f->w);
	ask(f, "token", "user-agent", "two");
	assert_int_equal(json_array_size(f->x.violations), 0);
}

static void
none_is_one_too(void **state)
{
	struct fixture *f = *state;

	ask(f, "token", "user-agent", NULL);
	ask(f, "token", "user-agent", NULL);
	assert_int_equal(json_array_size(f->x.violations), 0);
	ask(f, "token", "user-agent", "x");
	assert_true(fixture_violated(f, "user_agent_changed:x"));
}

static void
what_a_client_accepts_is_among_the_answers(void **state)
{
	static const struct {
		const char *ep, *value;
	} good[] = { { "token", NULL }, { "token", "*/*" }, { "token", "application/json" },
		{ "token", "Application/JSON;q=0.9" }, { "token", "text/html, application/json" },
		{ "token", "text/html,application/*;q=0.1" }, { "token", " application/json " },
		{ "jwks", "application/jwk-set+json" }, { "userinfo", "application/jwt" },
		{ "introspection", "application/token-introspection+jwt" } },
	  bad[] = { { "token", "" }, { "token", "text/html" }, { "token", "application" },
		  { "token", "," }, { "token", "application/jsonp" },
		  { "token", "application/jwt" }, { "token", "application/jwk-set+json" },
		  { "token", "text/html;application/json" }, { "token", "x application/json" },
		  { "jwks", "application/jwt" }, { "discovery", "application/x-json" } };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		ask(f, good[i].ep, "accept", good[i].value);
		assert_false(fixture_violated(f, "accept"));
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		ask(f, bad[i].ep, "accept", bad[i].value);
		assert_true(fixture_violated(f, "accept"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_user_agent_stays_what_it_is, fixture_reset),
		cmocka_unit_test_setup(none_is_one_too, fixture_reset),
		cmocka_unit_test_setup(what_a_client_accepts_is_among_the_answers, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
