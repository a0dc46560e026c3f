/* Which entries are meant by the name of an endpoint. */
#include "config.h"

#include "mock_idp/control/pick.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
hear_all(struct fixture *f)
{
	fixture_heard(f, "issuer", "token", 1, "GET /token HTTP/1.1\r\nHost: h\r\n\r\n");
	fixture_heard(f, "issuer", NULL, 2, "GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n");
	fixture_heard(f, "evil_http", NULL, 3, "GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n");
	fixture_heard(f, "evil_https", NULL, 4, "");
	fixture_heard(f, "origin2", "token", 5, "GET /token HTTP/1.1\r\nHost: h\r\n\r\n");
}

static void
endpoints_have_the_words_of_scripts(void **state)
{
	(void)state;
	assert_true(pick_is_ep("token"));
	assert_true(pick_is_ep("oauth-metadata"));
	assert_true(pick_is_ep("any"));
	assert_true(pick_is_ep("evil"));
	assert_true(pick_is_ep("/a"));
	assert_false(pick_is_ep("connect"));
	assert_false(pick_is_ep("tokens"));
	assert_false(pick_is_ep(""));
}

static void
counts_by_endpoint_path_and_listener(void **state)
{
	struct fixture *f = *state;
	const struct journal *j = &f->w.journal;

	hear_all(f);
	assert_int_equal(pick_count(j, "token"), 2);
	assert_int_equal(pick_count(j, "any"), 3);
	assert_int_equal(pick_count(j, "evil"), 2);
	assert_int_equal(pick_count(j, "/nowhere"), 2);
	assert_int_equal(pick_count(j, "/"), 0);
	assert_int_equal(pick_count(j, "jwks"), 0);
}

static void
goes_on_where_it_was(void **state)
{
	struct fixture *f = *state;
	const struct journal *j = &f->w.journal;
	size_t at = 0;

	journal_reset(&f->w.journal);
	hear_all(f);
	assert_int_equal(pick_seq(j, pick_next(j, "token", &at)), 1);
	assert_int_equal(pick_seq(j, pick_next(j, "evil", &at)), 3);
	assert_int_equal(pick_seq(j, pick_next(j, "token", &at)), 5);
	assert_null(pick_next(j, "token", &at));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(endpoints_have_the_words_of_scripts),
		cmocka_unit_test_setup(counts_by_endpoint_path_and_listener, fixture_reset),
		cmocka_unit_test_setup(goes_on_where_it_was, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
