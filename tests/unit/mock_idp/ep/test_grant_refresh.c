/* The refresh token grant. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define SCOPE "openid groups offline_access"

/* What linux-refresh got for alice's approval. */
static struct grant *
approved(struct fixture *f)
{
	const struct grant_for what = { .client_id = "linux-refresh",
		.username = "alice",
		.sub = people_user(&f->w.people, "alice")->sub,
		.scope = SCOPE,
		.nonce = "nonce-1234",
		.auth_time = 7,
		.refresh = true };
	struct grant *g = grants_new(&f->w.grants, &f->w.ids, &what, world_wall(&f->w));

	assert_non_null(g);
	return g;
}

static void
refresh(struct fixture *f, const char *token, const char *more)
{
	char form[512];

	(void)snprintf(
	    form, sizeof(form), "grant_type=refresh_token&refresh_token=%s%s", token, more);
	ep_token(&f->w, fixture_ask(f, "POST", "/api/oidc/token", form));
}

#define ME "&client_id=linux-refresh"

static void
answered(struct fixture *f, int status, const char *error)
{
	assert_int_equal(f->x.rep.status, status);
	assert_string_equal(fixture_string(f, "error"), error);
}

static void
a_refresh_token_becomes_fresh_tokens(void **state)
{
	struct fixture *f = *state;
	struct grant *old = approved(f), *g;

	f->ms += 5000;
	refresh(f, old->refresh, ME);
	assert_int_equal(f->x.rep.status, 200);
	assert_non_null(g = grants_find(&f->w.grants, fixture_string(f, "access_token")));
	assert_string_equal(fixture_string(f, "refresh_token"), g->refresh);
	assert_string_not_equal(g->refresh, old->refresh);
	assert_string_equal(fixture_string(f, "scope"), SCOPE);
	assert_int_equal(strncmp(fixture_string(f, "id_token"), "eyJ", 3), 0);
	assert_string_equal(g->sub, old->sub);
	assert_string_equal(g->nonce, "nonce-1234");
	assert_int_equal(g->auth_time, 7);
	assert_int_equal(g->issued, old->issued + 5);
	assert_int_equal(g->family, old->family);
	assert_int_equal(json_array_size(f->x.violations), 0);
	/* what it was before is over */
	assert_null(grants_find(&f->w.grants, old->access));
}

static void
one_that_comes_again_ends_the_family(void **state)
{
	struct fixture *f = *state;
	struct grant *old = approved(f), *other = approved(f), *g;

	refresh(f, old->refresh, ME);
	g = grants_find(&f->w.grants, fixture_string(f, "access_token"));
	refresh(f, old->refresh, ME);
	answered(f, 400, "invalid_grant");
	assert_true(fixture_violated(f, "refresh_token_reuse"));
	assert_null(grants_find(&f->w.grants, g->access));
	refresh(f, g->refresh, ME);
	answered(f, 400, "invalid_grant");
	assert_true(fixture_violated(f, "revoked_token"));
	/* another approval of the same person is not concerned */
	refresh(f, other->refresh, ME);
	assert_int_equal(f->x.rep.status, 200);
}

static void
a_chain_of_exchanges_goes_on(void **state)
{
	struct fixture *f = *state;
	char token[IDS_OPAQUE_SIZE];

	memcpy(token, approved(f)->refresh, sizeof(token));
	for (int i = 0; i < 5; i++) {
		f->ms += 5000 * 1000;
		refresh(f, token, ME);
		assert_int_equal(f->x.rep.status, 200);
		(void)snprintf(token, sizeof(token), "%s", fixture_string(f, "refresh_token"));
	}
}

static void
what_is_no_refresh_token_is_refused(void **state)
{
	struct fixture *f = *state;
	struct grant *g = approved(f);

	refresh(f, "", ME);
	answered(f, 400, "invalid_grant");
	refresh(f, "authelia_rt_x", ME);
	answered(f, 400, "invalid_grant");
	refresh(f, g->access, ME);
	answered(f, 400, "invalid_grant");
	ep_token(&f->w, fixture_ask(f, "POST", "/api/oidc/token", "grant_type=refresh_token" ME));
	answered(f, 400, "invalid_grant");
	refresh(f, g->refresh, ME);
	assert_int_equal(f->x.rep.status, 200);
}

static void
it_lives_ninety_minutes(void **state)
{
	struct fixture *f = *state;
	struct grant *g = approved(f);

	f->ms += GRANTS_REFRESH_LIFE * 1000;
	refresh(f, g->refresh, ME);
	answered(f, 400, "invalid_grant");
	f->ms -= 1000;
	refresh(f, g->refresh, ME);
	assert_int_equal(f->x.rep.status, 200);
}

static void
it_belongs_to_its_client(void **state)
{
	struct fixture *f = *state;
	struct grant *g = approved(f);
	struct client other = { .id = strdup("other") };

	assert_int_equal(
	    strlist_add(&other.grants, "refresh_token", sizeof("refresh_token") - 1, 9), E_OK);
	assert_int_equal(people_put_client(&f->w.people, &other), E_OK);
	refresh(f, g->refresh, "&client_id=other");
	answered(f, 400, "invalid_grant");
	refresh(f, g->refresh, "&client_id=linux-login");
	answered(f, 400, "unauthorized_client");
	refresh(f, g->refresh, "&client_id=linux-refresh&client_secret=x");
	answered(f, 401, "invalid_client");
	refresh(f, g->refresh, ME);
	assert_int_equal(f->x.rep.status, 200);
}

static void
fewer_scopes_may_be_asked_for_and_no_others(void **state)
{
	struct fixture *f = *state;
	struct grant *old = approved(f);
	char token[IDS_OPAQUE_SIZE];

	refresh(f, old->refresh, ME "&scope=openid+email");
	answered(f, 400, "invalid_scope");
	refresh(f, old->refresh, ME "&scope=openid+group");
	answered(f, 400, "invalid_scope");
	refresh(f, old->refresh, ME "&scope=openid");
	assert_int_equal(f->x.rep.status, 200);
	assert_string_equal(fixture_string(f, "scope"), "openid");
	/* section 6: the next one has what was approved */
	(void)snprintf(token, sizeof(token), "%s", fixture_string(f, "refresh_token"));
	refresh(f, token, ME "&scope=");
	assert_string_equal(fixture_string(f, "scope"), SCOPE);
}

static void
the_oldest_of_too_many_makes_room_for_its_successor(void **state)
{
	struct fixture *f = *state;
	char token[IDS_OPAQUE_SIZE];

	memcpy(token, approved(f)->refresh, sizeof(token));
	while (f->w.grants.n < GRANTS_MAX)
		(void)approved(f);
	refresh(f, token, ME);
	assert_int_equal(f->x.rep.status, 200);
	assert_int_equal(f->w.grants.n, GRANTS_MAX);
	refresh(f, token, ME);
	answered(f, 400, "invalid_grant");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_refresh_token_becomes_fresh_tokens, fixture_reset),
		cmocka_unit_test_setup(one_that_comes_again_ends_the_family, fixture_reset),
		cmocka_unit_test_setup(a_chain_of_exchanges_goes_on, fixture_reset),
		cmocka_unit_test_setup(what_is_no_refresh_token_is_refused, fixture_reset),
		cmocka_unit_test_setup(it_lives_ninety_minutes, fixture_reset),
		cmocka_unit_test_setup(it_belongs_to_its_client, fixture_reset),
		cmocka_unit_test_setup(fewer_scopes_may_be_asked_for_and_no_others, fixture_reset),
		cmocka_unit_test_setup(
		    the_oldest_of_too_many_makes_room_for_its_successor, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
