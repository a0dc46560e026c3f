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

static void
shows_the_key_of_the_worlds_algorithm(void **state)
{
	struct fixture *f = *state;
	json_t *keys;

	f->w.alg = ALG_EDDSA;
	ep_jwks(&f->w, fixture_ask(f, "GET", "/jwks.json", NULL));
	keys = json_object_get(fixture_body(f), "keys");
	assert_int_equal(json_array_size(keys), 3);
	assert_true(json_equal(json_array_get(keys, 2), keys_of(&f->w.keys, ALG_EDDSA)->jwk));
}

static void
shows_the_keys_that_sign_userinfo(void **state)
{
	struct fixture *f = *state;
	json_t *keys;
	bool found = false;

	f->w.people.clients[0].userinfo_alg = alg_find("ES512");
	ep_jwks(&f->w, fixture_ask(f, "GET", "/jwks.json", NULL));
	f->w.people.clients[0].userinfo_alg = NULL;
	keys = json_object_get(fixture_body(f), "keys");
	for (size_t i = 0; i < json_array_size(keys); i++)
		found = found ||
		    json_equal(json_array_get(keys, i), keys_of(&f->w.keys, ALG_ES512)->jwk);
	assert_true(found);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(shows_the_keys_of_the_world, fixture_reset),
		cmocka_unit_test_setup(shows_the_key_of_the_worlds_algorithm, fixture_reset),
		cmocka_unit_test_setup(shows_the_keys_that_sign_userinfo, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
