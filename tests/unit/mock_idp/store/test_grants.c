/* Access tokens. */
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

static void
open_nothing_after_they_were_revoked(void **state)
{
	const struct grant_for what = {
		.client_id = "c", .username = "u", .sub = "s", .scope = ""
	};
	struct grants all = { .n = 0 };
	char first[IDS_OPAQUE_SIZE];
	struct grant *second;

	(void)state;
	memcpy(first, grants_new(&all, &ids_system, &what, 1)->access, sizeof(first));
	second = grants_new(&all, &ids_system, &what, 1);
	grants_revoke(&all, first);
	grants_revoke(&all, first);
	assert_null(grants_find(&all, first));
	assert_ptr_equal(grants_find(&all, second->access), second);
	grants_clear(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(carry_what_was_approved_for_an_hour),
		cmocka_unit_test(open_nothing_after_they_were_revoked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
