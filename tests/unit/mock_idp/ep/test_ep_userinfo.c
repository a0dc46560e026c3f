/* UserInfo. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/ep/ep.h"
#include "mock_idp/jose/verify.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static struct grant *
make_grant(struct fixture *f, const char *scope)
{
	return fixture_grant(f, scope, "alice");
}

static void
ask(struct fixture *f, const char *scheme, const char *token)
{
	struct exchange *x = fixture_ask(f, "GET", "/api/oidc/userinfo", NULL);
	char value[128];

	(void)snprintf(value, sizeof(value), "%s%s", scheme, token);
	assert_int_equal(pairs_add(&x->req.headers, "authorization", value), E_OK);
	ep_userinfo(&f->w, x);
}

static void
a_token_opens_it(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f, "openid profile");
	char form[160];

	ask(f, "Bearer ", g->access);
	assert_int_equal(f->x.rep.status, 200);
	assert_string_equal(fixture_string(f, "preferred_username"), "alice");
	ask(f, "bearer ", g->access);
	assert_int_equal(f->x.rep.status, 200);
	(void)snprintf(form, sizeof(form), "access_token=%s", g->access);
	ep_userinfo(&f->w, fixture_ask(f, "POST", "/api/oidc/userinfo", form));
	assert_int_equal(f->x.rep.status, 200);
}

static void
nothing_else_does(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f, "openid");

	ep_userinfo(&f->w, fixture_ask(f, "GET", "/api/oidc/userinfo", NULL));
	assert_int_equal(f->x.rep.status, 401);
	ask(f, "Basic ", g->access);
	assert_int_equal(f->x.rep.status, 401);
	ask(f, "Bearer ", "x");
	assert_int_equal(f->x.rep.status, 401);
	assert_string_equal(f->x.rep.error, "request_unauthorized");
	assert_string_equal(buf_cstr(f->x.rep.body), "{}\n");
	f->ms += 3600000;
	ask(f, "Bearer ", g->access);
	assert_string_equal(f->x.rep.error, "invalid_token");
}

static void
a_token_without_openid_is_not_enough(void **state)
{
	struct fixture *f = *state;

	ask(f, "Bearer ", make_grant(f, "profile")->access);
	assert_int_equal(f->x.rep.status, 403);
	assert_string_equal(f->x.rep.error, "insufficient_scope");
}

static void
a_token_in_the_query_is_noted(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f, "openid");
	struct exchange *x = fixture_ask(f, "GET", "/api/oidc/userinfo", NULL);

	assert_int_equal(pairs_add(&x->req.query, "access_token", g->access), E_OK);
	ep_userinfo(&f->w, x);
	assert_int_equal(x->rep.status, 200);
	assert_true(fixture_violated(f, "token_in_query"));
	assert_false(fixture_violated(f, "token_twice"));
	x = fixture_ask(f, "POST", "/api/oidc/userinfo", "access_token=a");
	assert_int_equal(pairs_add(&x->req.headers, "authorization", "Bearer a"), E_OK);
	ep_userinfo(&f->w, x);
	assert_true(fixture_violated(f, "token_twice"));
}

static void
a_token_that_was_revoked_is_told_from_a_guess(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f, "openid");

	ask(f, "Bearer ", "x");
	assert_false(fixture_violated(f, "revoked_token"));
	grants_revoke(&f->w.grants, g->family);
	ask(f, "Bearer ", g->access);
	assert_int_equal(f->x.rep.status, 401);
	assert_string_equal(f->x.rep.error, "request_unauthorized");
	assert_true(fixture_violated(f, "revoked_token"));
}

/* linux-login from now on gets JWTs of that algorithm; NULL: JSON. */
static void
register_signed(struct fixture *f, const char *alg)
{
	for (size_t i = 0; i < f->w.people.nclients; i++)
		if (strcmp(f->w.people.clients[i].id, "linux-login") == 0)
			f->w.people.clients[i].userinfo_alg = alg == NULL ? NULL : alg_find(alg);
}

static void
who_registered_for_it_gets_a_jwt(void **state)
{
	static const struct {
		const char *alg;
		enum alg_id key;
	} cases[] = { { "RS256", ALG_RS256 }, { "ES256", ALG_ES256 }, { "PS512", ALG_PS512 },
		{ "EdDSA", ALG_EDDSA } };
	struct fixture *f = *state;
	struct grant *g = make_grant(f, "openid profile");
	struct compact c;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		register_signed(f, cases[i].alg);
		f->ms += 1000;
		ask(f, "Bearer ", g->access);
		assert_int_equal(f->x.rep.status, 200);
		assert_string_equal(
		    pairs_get(&f->x.rep.headers, "Content-Type"), "application/jwt; charset=utf-8");
		assert_true(compact_read(&c, buf_cstr(f->x.rep.body)));
		assert_true(
		    verify_jwk(alg_find(cases[i].alg), keys_of(&f->w.keys, cases[i].key)->jwk, &c));
		assert_string_equal(compact_string(c.header, "alg"), cases[i].alg);
		assert_string_equal(compact_string(c.claims, "sub"), g->sub);
		assert_string_equal(compact_string(c.claims, "preferred_username"), "alice");
		assert_int_equal(strlen(compact_string(c.claims, "jti")), 36);
		assert_int_equal(
		    json_integer_value(json_object_get(c.claims, "iat")), world_wall(&f->w));
		/* as Authelia has it */
		assert_null(json_object_get(c.claims, "iss"));
		assert_null(json_object_get(c.claims, "aud"));
		compact_clear(&c);
	}
	register_signed(f, NULL);
	ask(f, "Bearer ", g->access);
	assert_string_equal(fixture_string(f, "preferred_username"), "alice");
	assert_null(json_object_get(fixture_body(f), "jti"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_token_opens_it, fixture_reset),
		cmocka_unit_test_setup(nothing_else_does, fixture_reset),
		cmocka_unit_test_setup(a_token_without_openid_is_not_enough, fixture_reset),
		cmocka_unit_test_setup(a_token_in_the_query_is_noted, fixture_reset),
		cmocka_unit_test_setup(
		    a_token_that_was_revoked_is_told_from_a_guess, fixture_reset),
		cmocka_unit_test_setup(who_registered_for_it_gets_a_jwt, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
