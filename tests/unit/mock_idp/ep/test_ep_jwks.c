/* The public keys. */
#include "config.h"

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
shows_the_keys_of_the_world(void **state)
{
	struct fixture *f = *state;
	json_t *want = keys_jwks(&f->w.keys);

	ep_jwks(&f->w, fixture_ask(f, "GET", "/jwks.json", NULL));
	assert_int_equal(f->x.rep.status, 200);
	assert_true(json_equal(fixture_body(f), want));
	json_decref(want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(shows_the_keys_of_the_world, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
