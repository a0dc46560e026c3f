/* Tokens for what was approved. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/issue.h"
#include "mock_idp/jose/verify.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static const struct grant *
issue(struct fixture *f, const char *client, const char *scope, const char *user)
{
	struct grant_for what = { .client_id = client,
		.username = user,
		.scope = scope,
		.nonce = "nonce-1234",
		.auth_time = 7 };

	return issue_tokens(&f->w, fixture_ask(f, "POST", "/api/oidc/token", "a=b"), &what);
}

static bool
has(struct fixture *f, const char *member)
{
	return json_object_get(fixture_body(f), member) != NULL;
}

static void
are_an_access_token_and_an_id_token(void **state)
{
	struct fixture *f = *state;
	const struct grant *g = issue(f, "linux-login", "openid groups", "alice");

	assert_int_equal(f->x.rep.status, 200);
	assert_string_equal(fixture_string(f, "access_token"), g->access);
	assert_string_equal(fixture_string(f, "scope"), "openid groups");
	assert_string_equal(fixture_string(f, "token_type"), "bearer");
	assert_int_equal(json_integer_value(json_object_get(fixture_body(f), "expires_in")), 3599);
	assert_int_equal(strncmp(fixture_string(f, "id_token"), "eyJ", 3), 0);
	assert_int_equal(json_object_size(fixture_body(f)), 5);
	assert_string_equal(g->sub, people_user(&f->w.people, "alice")->sub);
	assert_int_equal(g->auth_time, 7);
}

static void
without_openid_there_is_no_id_token(void **state)
{
	struct fixture *f = *state;

	assert_non_null(issue(f, "linux-login", "profile", "alice"));
	assert_false(has(f, "id_token"));
}

static void
the_algorithm_is_the_worlds(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < ALG_PUBLIC; i++) {
		const struct alg *a = alg_row((enum alg_id)i);
		struct compact c;

		f->w.alg = a->id;
		assert_non_null(issue(f, "linux-login", "openid", "alice"));
		assert_true(compact_read(&c, fixture_string(f, "id_token")));
		assert_string_equal(compact_string(c.header, "alg"), a->name);
		assert_true(verify_jwk(a, keys_of(&f->w.keys, a->id)->jwk, &c));
		compact_clear(&c);
	}
}

static void
a_refresh_token_is_for_who_may_and_asked(void **state)
{
	struct fixture *f = *state;
	const struct grant *g = issue(f, "linux-refresh", "openid offline_access", "alice");

	assert_string_equal(fixture_string(f, "refresh_token"), g->refresh);
	assert_int_equal(json_object_size(fixture_body(f)), 6);
	assert_non_null(issue(f, "linux-refresh", "openid", "alice"));
	assert_false(has(f, "refresh_token"));
	assert_non_null(issue(f, "linux-refresh", "openid offline_access_not", "alice"));
	assert_false(has(f, "refresh_token"));
	/* this one may not, even if somebody approved it */
	assert_non_null(issue(f, "linux-login", "openid offline_access", "alice"));
	assert_false(has(f, "refresh_token"));
}

static void
nobody_gets_none(void **state)
{
	struct fixture *f = *state;

	assert_null(issue(f, "linux-login", "openid", "nobody"));
	assert_int_equal(f->x.rep.status, 500);
	assert_string_equal(fixture_string(f, "error"), "server_error");
	assert_int_equal(f->w.grants.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(are_an_access_token_and_an_id_token, fixture_reset),
		cmocka_unit_test_setup(without_openid_there_is_no_id_token, fixture_reset),
		cmocka_unit_test_setup(the_algorithm_is_the_worlds, fixture_reset),
		cmocka_unit_test_setup(a_refresh_token_is_for_who_may_and_asked, fixture_reset),
		cmocka_unit_test_setup(nobody_gets_none, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
