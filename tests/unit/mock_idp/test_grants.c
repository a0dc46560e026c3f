/* Access tokens. */
#include "config.h"

#include <string.h>

#include "mock_idp/grants.h"
#include "tests/support/unit.h"

static void
carry_what_was_approved_for_an_hour(void **state)
{
	struct codes codes = { .n = 0 };
	struct grants all = { .n = 0 };
	struct code *c = codes_new(&codes, &ids_system, "client", "openid", "nonce-12");
	struct grant *g;

	(void)state;
	assert_int_equal(codes_approve(c, "alice", 7), E_OK);
	g = grants_new(&all, &ids_system, c, "sub", 1000);
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
		assert_non_null(grants_new(&all, &ids_system, c, "sub", 1000));
	assert_int_equal(all.n, GRANTS_MAX);
	grants_clear(&all);
	codes_clear(&codes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(carry_what_was_approved_for_an_hour),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
