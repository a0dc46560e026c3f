/* Where this provider's endpoints are. */
#include "config.h"

#include <stdio.h>

#include "mock_idp/place.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
url_is(const struct world *w, enum profile_place p, const char *want)
{
	json_t *url = place_url(w, p);

	assert_string_equal(json_string_value(url), want);
	json_decref(url);
}

static void
finds_what_it_says(void **state)
{
	struct fixture *f = *state;

	for (int p = 0; p < PLACES; p++)
		assert_int_equal(place_find(&f->w, f->w.profile->places->path[p]), p);
	assert_int_equal(place_find(&f->w, "/"), PLACES);
	url_is(&f->w, PLACE_TOKEN, FIXTURE_ISSUER "/api/oidc/token");
}

static void
a_path_stands_before_all_of_them(void **state)
{
	struct fixture *f = *state;

	assert_true(world_set_path(&f->w, "/auth/"));
	assert_string_equal(f->w.issuer, FIXTURE_ISSUER "/auth/");
	assert_int_equal(place_find(&f->w, "/auth/jwks.json"), PLACE_JWKS);
	assert_int_equal(place_find(&f->w, "/jwks.json"), PLACES);
	url_is(&f->w, PLACE_JWKS, FIXTURE_ISSUER "/auth/jwks.json");
	assert_true(world_set_path(&f->w, ""));
}

static void
what_there_is_not_has_no_address(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "kanidm");
	assert_null(place_url(&f->w, PLACE_DEVICE));
}

static void
another_origin_counts_once_it_listens(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "google");
	url_is(&f->w, PLACE_TOKEN, FIXTURE_ISSUER "/token");
	(void)snprintf(f->w.origin2, sizeof(f->w.origin2), "https://127.0.0.1:1");
	url_is(&f->w, PLACE_TOKEN, "https://127.0.0.1:1/token");
	url_is(&f->w, PLACE_AUTHORIZATION, FIXTURE_ISSUER "/o/oauth2/v2/auth");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(finds_what_it_says, fixture_reset),
		cmocka_unit_test_setup(a_path_stands_before_all_of_them, fixture_reset),
		cmocka_unit_test_setup(what_there_is_not_has_no_address, fixture_reset),
		cmocka_unit_test_setup(another_origin_counts_once_it_listens, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
