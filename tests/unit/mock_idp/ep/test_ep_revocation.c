/* Token revocation. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

/* Of that client, with a refresh token. */
static struct grant *
make_grant(struct fixture *f, const char *client, uint64_t family)
{
	const struct grant_for what = { .client_id = client,
		.username = "alice",
		.sub = "s",
		.scope = "openid offline_access",
		.refresh = true,
		.family = family };
	struct grant *g = grants_new(&f->w.grants, &f->w.ids, &what, world_wall(&f->w));

	assert_non_null(g);
	return g;
}

static void
revoke(struct fixture *f, const char *token, const char *more)
{
	char form[512];

	(void)snprintf(form, sizeof(form), "token=%s%s", token, more);
	ep_revocation(&f->w, fixture_ask(f, "POST", "/api/oidc/revocation", form));
}

static void
done(struct fixture *f)
{
	assert_int_equal(f->x.rep.status, 200);
	assert_null(f->x.rep.body);
	assert_null(pairs_get(&f->x.rep.headers, "Content-Type"));
}

static void
refused(struct fixture *f, int status, const char *error)
{
	assert_int_equal(f->x.rep.status, status);
	assert_string_equal(fixture_string(f, "error"), error);
}

#define ME "&client_id=linux-refresh"
#define POST_CLIENT "&client_id=linux-post&client_secret=post-secret"

static void
either_token_ends_both(void **state)
{
	struct fixture *f = *state;
	struct grant *a = make_grant(f, "linux-refresh", 0), *b = make_grant(f, "linux-refresh", 0),
	             *c = make_grant(f, "linux-refresh", 0);

	revoke(f, a->access, ME);
	done(f);
	assert_null(grants_find(&f->w.grants, a->access));
	assert_true(grants_by_refresh(&f->w.grants, a->refresh)->revoked);
	revoke(f, b->refresh, ME);
	done(f);
	assert_null(grants_find(&f->w.grants, b->access));
	assert_non_null(grants_find(&f->w.grants, c->access));
	assert_int_equal(json_array_size(f->x.violations), 0);
}

static void
and_whatever_else_came_of_the_approval(void **state)
{
	struct fixture *f = *state;
	struct grant *a = make_grant(f, "linux-refresh", 0),
	             *b = make_grant(f, "linux-refresh", a->family);

	revoke(f, a->refresh, ME);
	done(f);
	assert_null(grants_find(&f->w.grants, b->access));
}

static void
the_hint_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct grant *a = make_grant(f, "linux-refresh", 0);

	revoke(f, a->refresh, ME "&token_type_hint=access_token");
	done(f);
	assert_null(grants_find(&f->w.grants, a->access));
	a = make_grant(f, "linux-refresh", 0);
	revoke(f, a->access, ME "&token_type_hint=whatever");
	done(f);
	assert_null(grants_find(&f->w.grants, a->access));
}

static void
what_is_not_there_is_revoked_already(void **state)
{
	struct fixture *f = *state;
	struct grant *a = make_grant(f, "linux-refresh", 0);

	revoke(f, "x", ME);
	done(f);
	revoke(f, "", ME);
	done(f);
	ep_revocation(
	    &f->w, fixture_ask(f, "POST", "/api/oidc/revocation", "client_id=linux-refresh"));
	done(f);
	revoke(f, a->access, ME);
	revoke(f, a->access, ME);
	done(f);
}

static void
another_client_s_token_stays(void **state)
{
	struct fixture *f = *state;
	struct grant *a = make_grant(f, "linux-refresh", 0);

	revoke(f, a->access, POST_CLIENT);
	refused(f, 400, "unauthorized_client");
	assert_true(fixture_violated(f, "foreign_token"));
	revoke(f, a->refresh, POST_CLIENT);
	refused(f, 400, "unauthorized_client");
	assert_non_null(grants_find(&f->w.grants, a->access));
}

static void
the_client_authenticates_as_registered(void **state)
{
	struct fixture *f = *state;
	struct grant *a = make_grant(f, "linux-post", 0);

	revoke(f, a->access, "&client_id=linux-post");
	refused(f, 401, "invalid_client");
	revoke(f, a->access, "&client_id=linux-post&client_secret=x");
	refused(f, 401, "invalid_client");
	revoke(f, a->access, "");
	refused(f, 400, "invalid_request");
	ep_revocation(&f->w, fixture_ask(f, "POST", "/api/oidc/revocation", ""));
	refused(f, 400, "invalid_request");
	assert_non_null(grants_find(&f->w.grants, a->access));
	revoke(f, a->access, POST_CLIENT);
	done(f);
	assert_null(grants_find(&f->w.grants, a->access));
}

/* Authelia's answer to an error that its writer does not know. */
static void
an_assertion_that_comes_again_is_a_bare_500(void **state)
{
	struct fixture *f = *state;
	char *text = fixture_jwt("{\"alg\":\"HS256\"}", fixture_claims(f, "linux-jwt", "1"),
	         "jwt-secret-of-32-characters-or-so", NULL),
	     more[1024];

	(void)snprintf(more, sizeof(more),
	    "&client_assertion_type=urn%%3Aietf%%3Aparams%%3Aoauth%%3Aclient-assertion-type%%3A"
	    "jwt-bearer&client_assertion=%s",
	    text);
	revoke(f, "x", more);
	done(f);
	revoke(f, "x", more);
	assert_int_equal(f->x.rep.status, 500);
	assert_null(f->x.rep.body);
	assert_string_equal(f->x.rep.error, "jti_known");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(either_token_ends_both, fixture_reset),
		cmocka_unit_test_setup(and_whatever_else_came_of_the_approval, fixture_reset),
		cmocka_unit_test_setup(the_hint_changes_nothing, fixture_reset),
		cmocka_unit_test_setup(what_is_not_there_is_revoked_already, fixture_reset),
		cmocka_unit_test_setup(another_client_s_token_stays, fixture_reset),
		cmocka_unit_test_setup(the_client_authenticates_as_registered, fixture_reset),
		cmocka_unit_test_setup(an_assertion_that_comes_again_is_a_bare_500, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
