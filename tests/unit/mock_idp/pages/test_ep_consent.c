/* The page at the verification address. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
get(struct fixture *f, const struct session *s, const char *query)
{
	(void)fixture_ask(f, "GET", FIXTURE_VERIFICATION, NULL);
	if (query != NULL)
		fixture_query(f, query);
	if (s != NULL)
		fixture_cookie(f, s);
	ep_consent(&f->w, &f->x);
}

static void
press(struct fixture *f, const struct session *s, const char *user_code, const char *more)
{
	fixture_press(f, s, FIXTURE_VERIFICATION, "user_code", user_code, more);
	ep_consent(&f->w, &f->x);
}

static void
asks_a_stranger_to_sign_in(void **state)
{
	struct fixture *f = *state;

	get(f, NULL, "user_code=BCDFGHJK");
	assert_int_equal(f->x.rep.status, 200);
	assert_true(fixture_shows(f, "<h1>Sign in</h1>"));
	assert_true(fixture_shows(f, "value=\"BCDFGHJK\""));
	assert_non_null(pairs_get(&f->x.rep.headers, "Set-Cookie"));
}

static void
asks_for_a_code_when_there_is_none(void **state)
{
	struct fixture *f = *state;
	struct session *s = fixture_session(f, "alice");

	get(f, s, NULL);
	assert_true(fixture_shows(f, "<h1>Enter the code</h1>"));
	assert_false(fixture_shows(f, "no such code"));
	get(f, s, "user_code=wrong");
	assert_int_equal(f->x.rep.status, 404);
	assert_true(fixture_shows(f, "no such code"));
}

static void
approving_is_in_the_name_of_who_signed_in(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);
	struct session *s = fixture_session(f, "bob");

	f->ms += 5000;
	press(f, s, c->user, "do=approve");
	assert_int_equal(f->x.rep.status, 200);
	assert_true(fixture_shows(f, "<h1>Approved</h1>"));
	assert_int_equal(c->state, CODE_APPROVED);
	assert_string_equal(c->username, "bob");
	assert_int_equal(c->auth_time, s->auth_time);
	press(f, s, c->user, "do=deny");
	assert_int_equal(c->state, CODE_APPROVED);
	assert_true(fixture_shows(f, "no such code"));
}

static void
denying_denies(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);

	press(f, fixture_session(f, "bob"), c->user, "do=deny");
	assert_true(fixture_shows(f, "<h1>Denied</h1>"));
	assert_int_equal(c->state, CODE_DENIED);
}

static void
an_expired_code_is_none(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);

	f->ms += FIXTURE_LIFE_MS;
	press(f, fixture_session(f, "alice"), c->user, "do=approve");
	assert_int_equal(c->state, CODE_PENDING);
	assert_true(fixture_shows(f, "no such code"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(asks_a_stranger_to_sign_in, fixture_reset),
		cmocka_unit_test_setup(asks_for_a_code_when_there_is_none, fixture_reset),
		cmocka_unit_test_setup(approving_is_in_the_name_of_who_signed_in, fixture_reset),
		cmocka_unit_test_setup(denying_denies, fixture_reset),
		cmocka_unit_test_setup(an_expired_code_is_none, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
