/* The device grant. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
post(struct fixture *f, const char *form)
{
	ep_token(&f->w, fixture_ask(f, "POST", "/api/oidc/token", form));
}

/* A poll for that code by a client, the interval after the last. */
static void
poll_code(struct fixture *f, const char *device, const char *client)
{
	char form[512];

	f->ms += 10000;
	(void)snprintf(form, sizeof(form), "grant_type=%s&device_code=%s&client_id=%s",
	    "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code", device, client);
	post(f, form);
}

static void
answered(struct fixture *f, int status, const char *error)
{
	assert_int_equal(f->x.rep.status, status);
	assert_string_equal(fixture_string(f, "error"), error);
}

static void
an_approved_code_gives_tokens_once(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid profile", NULL);

	poll_code(f, c->device, "linux-login");
	answered(f, 400, "authorization_pending");
	assert_int_equal(codes_approve(c, "alice", 1), E_OK);
	poll_code(f, c->device, "linux-login");
	assert_int_equal(f->x.rep.status, 200);
	assert_string_equal(fixture_string(f, "token_type"), "bearer");
	assert_string_equal(fixture_string(f, "scope"), "openid profile");
	assert_int_equal(json_integer_value(json_object_get(fixture_body(f), "expires_in")), 3599);
	assert_non_null(grants_find(&f->w.grants, fixture_string(f, "access_token")));
	assert_int_equal(strncmp(fixture_string(f, "id_token"), "eyJ", 3), 0);
	assert_int_equal(json_object_size(fixture_body(f)), 5);
	assert_false(fixture_violated(f, "early_poll"));
	poll_code(f, c->device, "linux-login");
	answered(f, 500, "server_error");
}

static void
denied_and_unknown_codes_are_server_errors(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);

	c->state = CODE_DENIED;
	poll_code(f, c->device, "linux-login");
	answered(f, 500, "server_error");
	poll_code(f, "authelia_dc_none", "linux-login");
	answered(f, 500, "server_error");
}

static void
expiry_shows_only_after_approval(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);

	f->ms += 700000;
	poll_code(f, c->device, "linux-login");
	answered(f, 400, "authorization_pending");
	assert_true(fixture_violated(f, "poll_after_expiry"));
	assert_int_equal(codes_approve(c, "alice", 1), E_OK);
	poll_code(f, c->device, "linux-login");
	answered(f, 400, "expired_token");
}

static void
a_code_belongs_to_its_client(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", "alice");

	poll_code(f, c->device, "linux-post&client_secret=post-secret");
	answered(f, 400, "invalid_grant");
	poll_code(f, c->device, "linux-login");
	assert_int_equal(f->x.rep.status, 200);
}

static void
early_polls_are_noted_with_their_gap(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);

	f->ms -= 1;
	poll_code(f, c->device, "linux-login");
	assert_true(fixture_violated(f, "early_poll:9999ms"));
	poll_code(f, c->device, "linux-login");
	assert_false(fixture_violated(f, "early_poll"));
	f->ms -= 1;
	poll_code(f, c->device, "linux-login");
	assert_true(fixture_violated(f, "early_poll:9999ms"));
	assert_int_equal(c->polls, 3);
}

static void
after_the_end_there_is_nothing_to_poll_for(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);

	poll_code(f, c->device, "linux-login");
	assert_int_equal(codes_approve(c, "alice", 1), E_OK);
	poll_code(f, c->device, "linux-login");
	assert_int_equal(f->x.rep.status, 200);
	assert_false(fixture_violated(f, "poll_after_end"));
	poll_code(f, c->device, "linux-login");
	assert_true(fixture_violated(f, "poll_after_end"));
}

static void
an_error_is_an_end_and_a_server_error_is_one_when_it_comes_again(void **state)
{
	struct fixture *f = *state;
	struct code *denied = fixture_code(f, "openid", NULL),
	            *mine = fixture_code(f, "openid", NULL);

	denied->state = CODE_DENIED;
	for (int i = 0; i < 2; i++) {
		poll_code(f, denied->device, "linux-login");
		assert_false(fixture_violated(f, "poll_after_end"));
	}
	poll_code(f, denied->device, "linux-login");
	assert_true(fixture_violated(f, "poll_after_end"));
	/* another client's poll ends nothing for its owner */
	poll_code(f, mine->device, "linux-post&client_secret=post-secret");
	answered(f, 400, "invalid_grant");
	poll_code(f, mine->device, "linux-login");
	assert_false(fixture_violated(f, "poll_after_end"));
	assert_int_equal(codes_approve(mine, "alice", 1), E_OK);
	mine->expires = world_ms(&f->w);
	poll_code(f, mine->device, "linux-login");
	answered(f, 400, "expired_token");
	poll_code(f, mine->device, "linux-login");
	assert_true(fixture_violated(f, "poll_after_end"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(an_approved_code_gives_tokens_once, fixture_reset),
		cmocka_unit_test_setup(denied_and_unknown_codes_are_server_errors, fixture_reset),
		cmocka_unit_test_setup(expiry_shows_only_after_approval, fixture_reset),
		cmocka_unit_test_setup(a_code_belongs_to_its_client, fixture_reset),
		cmocka_unit_test_setup(early_polls_are_noted_with_their_gap, fixture_reset),
		cmocka_unit_test_setup(after_the_end_there_is_nothing_to_poll_for, fixture_reset),
		cmocka_unit_test_setup(
		    an_error_is_an_end_and_a_server_error_is_one_when_it_comes_again,
		    fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
