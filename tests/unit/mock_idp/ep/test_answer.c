/* An outcome, as the provider tells it. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/answer.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
refuse(struct fixture *f, const char *profile, enum profile_outcome o, const char *hint)
{
	fixture_profile(f, profile);
	answer_fail(&f->w, fixture_ask(f, "POST", "/", NULL), o, hint);
}

static void
says_status_error_and_why(void **state)
{
	struct fixture *f = *state;

	refuse(f, "authelia", OUTCOME_PENDING, "So far.");
	assert_int_equal(f->x.rep.status, 400);
	assert_string_equal(f->x.rep.error, "authorization_pending");
	assert_string_equal(fixture_string(f, "error"), "authorization_pending");
	assert_string_equal(fixture_string(f, "error_description"),
	    "The end user has not finished the user interaction yet. So far.");
	refuse(f, "rfc", OUTCOME_TOO_FAST, NULL);
	assert_string_equal(fixture_string(f, "error_description"), "The device polls too often.");
}

static void
some_say_less(void **state)
{
	struct fixture *f = *state;

	refuse(f, "authelia", OUTCOME_START_CLIENT, NULL);
	assert_string_equal(buf_cstr(f->x.rep.body), "{}\n");
	assert_string_equal(f->x.rep.error, "invalid_client");
	refuse(f, "dex", OUTCOME_EXPIRED, "unheard");
	assert_string_equal(buf_cstr(f->x.rep.body), "{\"error\":\"expired_token\"}\n");
	refuse(f, "kanidm", OUTCOME_CLIENT, NULL);
	assert_null(f->x.rep.body);
	assert_int_equal(f->x.rep.status, 401);
}

static void
rauthy_and_microsoft_say_it_otherwise(void **state)
{
	struct fixture *f = *state;

	refuse(f, "rauthy", OUTCOME_GRANT, NULL);
	assert_int_equal(json_object_size(fixture_body(f)), 3);
	assert_int_equal(
	    json_integer_value(json_object_get(fixture_body(f), "timestamp")), world_wall(&f->w));
	refuse(f, "entra", OUTCOME_REPLAY, NULL);
	assert_int_equal(json_object_size(fixture_body(f)), 7);
	assert_int_equal(strlen(fixture_string(f, "trace_id")), 36);
}

static void
bearer_errors_have_their_header(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "rfc");
	answer_fail_bearer(&f->w, fixture_ask(f, "GET", "/", NULL), OUTCOME_USERINFO_SCOPE);
	assert_int_equal(f->x.rep.status, 403);
	assert_int_equal(strncmp(pairs_get(&f->x.rep.headers, "WWW-Authenticate"),
	                     "Bearer error=\"insufficient_scope\",", 34),
	    0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(says_status_error_and_why, fixture_reset),
		cmocka_unit_test_setup(some_say_less, fixture_reset),
		cmocka_unit_test_setup(rauthy_and_microsoft_say_it_otherwise, fixture_reset),
		cmocka_unit_test_setup(bearer_errors_have_their_header, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
