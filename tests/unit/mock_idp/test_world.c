/* The world. */
#include "config.h"

#include <stdio.h>

#include "mock_idp/profile/profile.h"
#include "mock_idp/world.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
begins_as_authelia_does(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(f->w.interval, 10);
	assert_int_equal(f->w.expires_in, 600);
	assert_null(f->w.script);
	assert_int_equal(f->w.people.nusers, 3);
	assert_int_equal(world_ms(&f->w), 1000);
	assert_int_equal(world_wall(&f->w), FIXTURE_WALL + 1);
}

static void
takes_a_profile_over_with_all_that_can_be_set(void **state)
{
	struct fixture *f = *state;

	f->w.nonce_echo = false;
	f->w.groups_in_id_token = true;
	world_use_profile(&f->w, profile_find("authentik"));
	assert_string_equal(f->w.profile->name, "authentik");
	assert_int_equal(f->w.interval, 5);
	assert_int_equal(f->w.expires_in, 60);
	assert_true(f->w.nonce_echo);
	assert_false(f->w.groups_in_id_token);
	assert_string_equal(f->w.issuer, FIXTURE_ISSUER "/application/o/linux-login/");
	assert_ptr_equal(f->w.codes.form, &f->w.profile->device->form);
	world_use_profile(&f->w, profile_find("kanidm"));
	assert_int_equal(f->w.alg, ALG_ES256);
}

static void
has_an_issuer_of_origin_path_and_profile(void **state)
{
	struct fixture *f = *state;

	assert_true(world_set_path(&f->w, "/a/b"));
	assert_string_equal(f->w.issuer, FIXTURE_ISSUER "/a/b");
	assert_true(world_set_path(&f->w, "/"));
	assert_string_equal(f->w.issuer, FIXTURE_ISSUER "/");
	world_set_origin(&f->w, "https://x.test");
	assert_string_equal(f->w.issuer, "https://x.test/");
	world_use_profile(&f->w, profile_find("rauthy"));
	assert_string_equal(f->w.issuer, "https://x.test/auth/v1/");
	assert_false(world_set_path(&f->w, "auth"));
	assert_false(world_set_path(&f->w, "/a?b"));
	assert_true(world_set_path(&f->w, ""));
	world_set_origin(&f->w, FIXTURE_ISSUER);
}

static void
its_clock_can_be_ahead(void **state)
{
	struct fixture *f = *state;

	f->w.offset = 100;
	assert_int_equal(world_ms(&f->w), 101000);
	assert_int_equal(world_wall(&f->w), FIXTURE_WALL + 101);
	f->w.moved = -50;
	assert_int_equal(world_ms(&f->w), 51000);
	assert_int_equal(world_wall(&f->w), FIXTURE_WALL + 51);
}

static void
forgets_on_reset_what_happened_and_nothing_else(void **state)
{
	struct fixture *f = *state;
	char kid[24];

	(void)fixture_code(f, "openid", "alice");
	people_user(&f->w.people, "bob")->removed = true;
	journal_record(&f->w.journal, fixture_ask(f, "GET", "/", NULL), 0);
	f->w.moved = 5;
	f->w.drop_next = 5;
	(void)snprintf(kid, sizeof(kid), "%s", keys_of(&f->w.keys, ALG_RS256)->kid);
	world_reset(&f->w);
	assert_int_equal(f->w.codes.n, 0);
	assert_int_equal(f->w.moved, 0);
	assert_int_equal(f->w.drop_next, 0);
	assert_int_equal(f->w.journal.requests, 0);
	assert_false(people_user(&f->w.people, "bob")->removed);
	assert_string_equal(keys_of(&f->w.keys, ALG_RS256)->kid, kid);
}

static void
draws_by_its_seed(void **state)
{
	const uint64_t seed = 5;
	struct world a, b;
	char x[IDS_UUID_SIZE], y[IDS_UUID_SIZE];

	(void)state;
	assert_int_equal(world_init(&a, &seed, NULL), E_OK);
	assert_int_equal(world_init(&b, &seed, NULL), E_OK);
	assert_string_equal(people_user(&a.people, "bob")->sub, people_user(&b.people, "bob")->sub);
	assert_true(ids_uuid(&a.ids, x));
	assert_true(ids_uuid(&b.ids, y));
	assert_string_equal(x, y);
	world_clear(&a);
	world_clear(&b);
}

static void
its_clock_can_stand(void **state)
{
	struct fixture *f = *state;

	f->w.stopped = 42;
	f->ms += 5000;
	assert_int_equal(world_wall(&f->w), 42);
	assert_int_equal(world_ms(&f->w), 6000);
	f->w.stopped = 0;
}

static void
counts_microseconds_too(void **state)
{
	struct fixture *f = *state;
	struct world w;
	bool finer = false;

	f->w.offset = 100;
	f->ms += 5;
	assert_int_equal(world_us(&f->w), 1005000);
	assert_int_equal(world_init(&w, NULL, NULL), E_OK);
	assert_in_range(world_us(&w) - w.start_us, 0, 60000000);
	for (int i = 0; i < 100; i++)
		finer = finer || world_us(&w) % 1000 != 0;
	assert_true(finer);
	world_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(begins_as_authelia_does, fixture_reset),
		cmocka_unit_test_setup(
		    takes_a_profile_over_with_all_that_can_be_set, fixture_reset),
		cmocka_unit_test_setup(has_an_issuer_of_origin_path_and_profile, fixture_reset),
		cmocka_unit_test_setup(its_clock_can_be_ahead, fixture_reset),
		cmocka_unit_test_setup(
		    forgets_on_reset_what_happened_and_nothing_else, fixture_reset),
		cmocka_unit_test_setup(draws_by_its_seed, fixture_reset),
		cmocka_unit_test_setup(its_clock_can_stand, fixture_reset),
		cmocka_unit_test_setup(counts_microseconds_too, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
