/* Token introspection. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define POST_CLIENT "&client_id=linux-post&client_secret=post-secret"

static struct grant *
make_grant(struct fixture *f)
{
	const struct grant_for what = { .client_id = "linux-refresh",
		.username = "alice",
		.sub = "sub-of-alice",
		.scope = "openid groups offline_access",
		.refresh = true };
	struct grant *g = grants_new(&f->w.grants, &f->w.ids, &what, world_wall(&f->w));

	assert_non_null(g);
	return g;
}

static void
ask(struct fixture *f, const char *token, const char *more, const char *bearer)
{
	struct exchange *x;
	char form[512], header[128];

	(void)snprintf(form, sizeof(form), "token=%s%s", token, more);
	x = fixture_ask(f, "POST", "/api/oidc/introspection", form);
	if (bearer != NULL) {
		(void)snprintf(header, sizeof(header), "Bearer %s", bearer);
		assert_int_equal(pairs_add(&x->req.headers, "authorization", header), E_OK);
	}
	ep_introspection(&f->w, x);
}

static bool
active(struct fixture *f)
{
	assert_int_equal(f->x.rep.status, 200);
	return json_is_true(json_object_get(fixture_body(f), "active"));
}

static json_int_t
number(struct fixture *f, const char *member)
{
	return json_integer_value(json_object_get(fixture_body(f), member));
}

static void
refused(struct fixture *f, int status, const char *error)
{
	assert_int_equal(f->x.rep.status, status);
	assert_string_equal(fixture_string(f, "error"), error);
}

static void
a_token_is_described(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f);

	ask(f, g->access, POST_CLIENT, NULL);
	assert_true(active(f));
	assert_string_equal(fixture_string(f, "client_id"), "linux-refresh");
	assert_string_equal(fixture_string(f, "scope"), "openid groups offline_access");
	assert_string_equal(fixture_string(f, "sub"), "sub-of-alice");
	assert_string_equal(fixture_string(f, "username"), "alice");
	assert_int_equal(number(f, "iat"), g->issued);
	assert_int_equal(number(f, "exp"), g->expires);
	/* no groups, nor anything else about the person */
	assert_int_equal(json_object_size(fixture_body(f)), 7);
	assert_int_equal(json_array_size(f->x.violations), 0);
	ask(f, g->refresh, POST_CLIENT "&token_type_hint=access_token", NULL);
	assert_true(active(f));
	assert_int_equal(number(f, "exp"), g->refresh_expires);
}

static void
of_one_that_is_not_good_nothing_is_said(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f), *revoked = make_grant(f);

	grants_revoke(&f->w.grants, revoked->family);
	ask(f, revoked->access, POST_CLIENT, NULL);
	assert_false(active(f));
	assert_int_equal(json_object_size(fixture_body(f)), 1);
	ask(f, revoked->refresh, POST_CLIENT, NULL);
	assert_false(active(f));
	ask(f, "x", POST_CLIENT, NULL);
	assert_false(active(f));
	ask(f, "", POST_CLIENT, NULL);
	assert_false(active(f));
	f->ms += GRANTS_LIFE * 1000;
	ask(f, g->access, POST_CLIENT, NULL);
	assert_false(active(f));
	ask(f, g->refresh, POST_CLIENT, NULL);
	assert_true(active(f));
	f->ms += (GRANTS_REFRESH_LIFE - GRANTS_LIFE) * 1000;
	ask(f, g->refresh, POST_CLIENT, NULL);
	assert_false(active(f));
}

static void
scopes_that_were_not_granted_make_it_inactive(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f);

	ask(f, g->access, POST_CLIENT "&scope=openid+groups", NULL);
	assert_true(active(f));
	ask(f, g->access, POST_CLIENT "&scope=openid+email", NULL);
	assert_false(active(f));
}

static void
a_token_may_ask_about_another(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f), *mine = make_grant(f);
	char more[160];

	ask(f, g->access, "", mine->access);
	assert_true(active(f));
	(void)snprintf(more, sizeof(more), "&access_token=%s", mine->access);
	ask(f, g->access, more, NULL);
	assert_true(active(f));
	assert_int_equal(json_array_size(f->x.violations), 0);
}

static void
but_not_about_itself_nor_without_being_good(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f), *mine = make_grant(f);

	ask(f, g->access, "", g->access);
	refused(f, 401, "request_unauthorized");
	ask(f, g->access, "", "x");
	refused(f, 401, "request_unauthorized");
	ask(f, g->access, "", mine->refresh);
	refused(f, 401, "request_unauthorized");
	f->ms += GRANTS_LIFE * 1000;
	ask(f, g->access, "", mine->access);
	refused(f, 401, "request_unauthorized");
	f->ms -= GRANTS_LIFE * 1000;
	grants_revoke(&f->w.grants, mine->family);
	ask(f, g->access, "", mine->access);
	refused(f, 401, "request_unauthorized");
}

static void
a_client_authenticates_as_registered(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f);

	ask(f, g->access, "&client_id=linux-post&client_secret=x", NULL);
	refused(f, 401, "request_unauthorized");
	assert_true(fixture_violated(f, "client_auth:secret"));
	ask(f, g->access, "&client_id=linux-basic", NULL);
	refused(f, 401, "request_unauthorized");
	ask(f, g->access, "", NULL);
	refused(f, 401, "request_unauthorized");
	ep_introspection(&f->w, fixture_ask(f, "POST", "/api/oidc/introspection", ""));
	refused(f, 400, "invalid_request");
}

static void
a_public_client_gets_its_answer_and_is_noted(void **state)
{
	struct fixture *f = *state;

	ask(f, make_grant(f)->access, "&client_id=linux-login", NULL);
	assert_true(active(f));
	assert_true(fixture_violated(f, "client_auth:public"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_token_is_described, fixture_reset),
		cmocka_unit_test_setup(of_one_that_is_not_good_nothing_is_said, fixture_reset),
		cmocka_unit_test_setup(
		    scopes_that_were_not_granted_make_it_inactive, fixture_reset),
		cmocka_unit_test_setup(a_token_may_ask_about_another, fixture_reset),
		cmocka_unit_test_setup(but_not_about_itself_nor_without_being_good, fixture_reset),
		cmocka_unit_test_setup(a_client_authenticates_as_registered, fixture_reset),
		cmocka_unit_test_setup(a_public_client_gets_its_answer_and_is_noted, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
