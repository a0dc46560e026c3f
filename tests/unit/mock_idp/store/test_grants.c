/* Access and refresh tokens. */
#include "config.h"

#include <string.h>

#include "mock_idp/store/grants.h"
#include "tests/support/unit.h"

static void
carry_what_was_approved_for_an_hour(void **state)
{
	struct grants all = { .n = 0 };
	const struct grant_for what = { .client_id = "client",
		.username = "alice",
		.sub = "sub",
		.scope = "openid",
		.nonce = "nonce-12",
		.auth_time = 7 };
	struct grant *g;

	(void)state;
	g = grants_new(&all, &ids_system, &what, 1000);
	assert_non_null(g);
	assert_int_equal(strncmp(g->access, "authelia_at_", 12), 0);
	assert_string_equal(g->username, "alice");
	assert_string_equal(g->sub, "sub");
	assert_string_equal(g->nonce, "nonce-12");
	assert_int_equal(g->auth_time, 7);
	assert_int_equal(g->expires, 1000 + 3600);
	assert_ptr_equal(grants_find(&all, g->access), g);
	assert_null(grants_find(&all, "authelia_at_"));
	for (int i = 0; i < GRANTS_MAX; i++)
		assert_non_null(grants_new(&all, &ids_system, &what, 1000));
	assert_int_equal(all.n, GRANTS_MAX);
	grants_clear(&all);
}

static const struct grant_for plain = {
	.client_id = "c", .username = "u", .sub = "s", .scope = ""
};

static void
open_nothing_after_they_were_revoked(void **state)
{
	struct grants all = { .n = 0 };
	struct grant *first, *second;

	(void)state;
	first = grants_new(&all, &ids_system, &plain, 1);
	second = grants_new(&all, &ids_system, &plain, 1);
	grants_revoke(&all, first->family);
	grants_revoke(&all, first->family);
	assert_null(grants_find(&all, first->access));
	assert_ptr_equal(grants_known(&all, first->access), first);
	assert_ptr_equal(grants_find(&all, second->access), second);
	assert_null(grants_known(&all, "x"));
	grants_clear(&all);
}

static void
of_one_approval_are_a_family(void **state)
{
	struct grant_for next = plain;
	struct grants all = { .n = 0 };
	struct grant *first, *second, *other;

	(void)state;
	first = grants_new(&all, &ids_system, &plain, 1);
	other = grants_new(&all, &ids_system, &plain, 1);
	next.family = first->family;
	second = grants_new(&all, &ids_system, &next, 1);
	assert_int_not_equal(first->family, 0);
	assert_int_not_equal(first->family, other->family);
	assert_int_equal(first->family, second->family);
	grants_revoke(&all, second->family);
	assert_null(grants_find(&all, first->access));
	assert_null(grants_find(&all, second->access));
	assert_non_null(grants_find(&all, other->access));
	grants_clear(&all);
}

static void
have_a_refresh_token_where_one_was_asked_for(void **state)
{
	struct grant_for what = plain;
	struct grants all = { .n = 0 };
	struct grant *with, *without;

	(void)state;
	without = grants_new(&all, &ids_system, &what, 1);
	what.refresh = true;
	what.scope = "openid";
	what.approved = "openid offline_access";
	with = grants_new(&all, &ids_system, &what, 1);
	assert_string_equal(without->refresh, "");
	assert_null(grants_by_refresh(&all, ""));
	assert_int_equal(strncmp(with->refresh, "authelia_rt_", 12), 0);
	assert_int_equal(with->refresh_expires, 1 + 5400);
	assert_string_equal(with->scope, "openid");
	assert_string_equal(with->approved, "openid offline_access");
	assert_string_equal(without->approved, without->scope);
	assert_ptr_equal(grants_by_refresh(&all, with->refresh), with);
	assert_null(grants_find(&all, with->refresh));
	assert_null(grants_by_refresh(&all, with->access));
	/* that it was good once has to be seen later too */
	grants_revoke(&all, with->family);
	assert_ptr_equal(grants_by_refresh(&all, with->refresh), with);
	grants_clear(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(carry_what_was_approved_for_an_hour),
		cmocka_unit_test(open_nothing_after_they_were_revoked),
		cmocka_unit_test(of_one_approval_are_a_family),
		cmocka_unit_test(have_a_refresh_token_where_one_was_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
