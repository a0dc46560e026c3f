/* Commands about the provider itself. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/control/cmd.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
auto_reset_and_quit_do_as_they_say(void **state)
{
	struct fixture *f = *state;
	bool quit = false;

	assert_string_equal(fixture_run(f, "auto bob", NULL, NULL), "");
	assert_string_equal(f->w.auto_user, "bob");
	assert_string_equal(fixture_run(f, "auto off", NULL, NULL), "");
	assert_null(f->w.auto_user);
	(void)fixture_code(f, "", NULL);
	assert_string_equal(fixture_run(f, "reset", NULL, NULL), "");
	assert_int_equal(f->w.codes.n, 0);
	assert_string_equal(fixture_run(f, "quit", NULL, &quit), "");
	assert_true(quit);
}

static void
a_removed_user_is_not_there(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(fixture_run(f, "remove-user bob", NULL, NULL), "");
	assert_string_equal(fixture_run(f, "auto bob", NULL, NULL), "no such user: bob");
	assert_string_equal(
	    fixture_run(f, "remove-user nobody", NULL, NULL), "no such user: nobody");
	assert_string_equal(fixture_run(f, "reset", NULL, NULL), "");
	assert_string_equal(fixture_run(f, "auto bob", NULL, NULL), "");
}

static void
the_clock_moves_from_where_it_is(void **state)
{
	struct fixture *f = *state;

	f->w.offset = 5;
	assert_int_equal(pairs_add(&f->w.given, "clock-offset", "5"), E_OK);
	assert_string_equal(fixture_run(f, "clock +3600", NULL, NULL), "");
	assert_int_equal(world_wall(&f->w), FIXTURE_WALL + 1 + 3605);
	assert_int_equal(world_ms(&f->w), 1000 + 3605000);
	assert_string_equal(fixture_run(f, "clock -7200", NULL, NULL), "");
	assert_int_equal(world_wall(&f->w), FIXTURE_WALL + 1 - 3595);
	assert_int_equal(json_integer_value(json_object_get(
	                     json_array_get(f->kept, json_array_size(f->kept) - 1), "now")),
	    FIXTURE_WALL + 1 - 3595);
	assert_string_equal(fixture_run(f, "reset", NULL, NULL), "");
	assert_int_equal(world_wall(&f->w), FIXTURE_WALL + 1 + 5);
}

static void
the_clock_takes_a_sign_and_a_bounded_number(void **state)
{
	static const char *const wrong[] = { "clock 5", "clock +", "clock -", "clock +-1",
		"clock +1s", "clock +316224001" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_non_null(strstr(
		    fixture_run(f, wrong[i], NULL, NULL), "must be +N or -N seconds, is \""));
	assert_string_equal(fixture_run(f, "clock +316224000", NULL, NULL), "");
	assert_string_equal(fixture_run(f, "clock +1", NULL, NULL), "that is too far");
	assert_int_equal(f->w.moved, 316224000);
}

static void
so_many_requests_are_dropped(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(fixture_run(f, "drop-next", NULL, NULL), "");
	assert_int_equal(f->w.drop_next, 1);
	assert_string_equal(fixture_run(f, "drop-next 3", NULL, NULL), "");
	assert_int_equal(f->w.drop_next, 3);
	assert_string_equal(
	    fixture_run(f, "drop-next x", NULL, NULL), "must be a number of requests, is \"x\"");
	assert_string_equal(fixture_run(f, "drop-next 0", NULL, NULL), "");
	assert_int_equal(f->w.drop_next, 0);
}

static void
keys_rotate_to_others(void **state)
{
	struct fixture *f = *state;
	json_t *set;
	char kid[32], *text;

	(void)snprintf(kid, sizeof(kid), "%s", keys_of(&f->w.keys, f->w.alg)->kid);
	assert_string_equal(fixture_run(f, "rotate", NULL, NULL), "");
	assert_string_not_equal(keys_of(&f->w.keys, f->w.alg)->kid, kid);
	assert_string_equal(json_string_value(json_object_get(
	                        json_array_get(f->kept, json_array_size(f->kept) - 1), "kid")),
	    keys_of(&f->w.keys, f->w.alg)->kid);
	set = keys_jwks(&f->w.keys);
	text = json_dumps(set, 0);
	assert_null(strstr(text, kid));
	free(text);
	json_decref(set);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(auto_reset_and_quit_do_as_they_say, fixture_reset),
		cmocka_unit_test_setup(a_removed_user_is_not_there, fixture_reset),
		cmocka_unit_test_setup(the_clock_moves_from_where_it_is, fixture_reset),
		cmocka_unit_test_setup(the_clock_takes_a_sign_and_a_bounded_number, fixture_reset),
		cmocka_unit_test_setup(so_many_requests_are_dropped, fixture_reset),
		cmocka_unit_test_setup(keys_rotate_to_others, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
