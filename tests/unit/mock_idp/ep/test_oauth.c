/* OAuth errors. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/oauth.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
token_errors_have_two_members(void **state)
{
	struct fixture *f = *state;

	oauth_fail(fixture_ask(f, "POST", "/", ""), OAUTH_AUTHORIZATION_PENDING, "More.");
	assert_int_equal(f->x.rep.status, 400);
	assert_string_equal(fixture_string(f, "error"), "authorization_pending");
	assert_non_null(strstr(fixture_string(f, "error_description"), " More."));
	assert_int_equal(json_object_size(fixture_body(f)), 2);
	assert_string_equal(f->x.rep.error, "authorization_pending");
}

static void
device_errors_are_empty_objects(void **state)
{
	struct fixture *f = *state;

	oauth_fail_empty(fixture_ask(f, "POST", "/", ""), OAUTH_INVALID_CLIENT);
	assert_int_equal(f->x.rep.status, 401);
	assert_string_equal(buf_cstr(f->x.rep.body), "{}\n");
}

static void
each_name_has_its_sentence(void **state)
{
	(void)state;
	assert_string_equal(oauth_text("invalid_token"), "The access token has expired.");
	assert_null(oauth_text("invalid_tokens"));
	assert_null(oauth_text(""));
}

static void
any_other_error_has_the_same_two_members(void **state)
{
	struct fixture *f = *state;

	oauth_fail_as(fixture_ask(f, "POST", "/", ""), 418, "teapot", "Short and stout.");
	assert_int_equal(f->x.rep.status, 418);
	assert_string_equal(fixture_string(f, "error"), "teapot");
	assert_string_equal(fixture_string(f, "error_description"), "Short and stout.");
	assert_string_equal(f->x.rep.error, "teapot");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(token_errors_have_two_members, fixture_reset),
		cmocka_unit_test(each_name_has_its_sentence),
		cmocka_unit_test_setup(any_other_error_has_the_same_two_members, fixture_reset),
		cmocka_unit_test_setup(device_errors_are_empty_objects, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
