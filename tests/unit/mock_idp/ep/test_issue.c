/* Tokens for what was approved. */
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
without_openid_there_is_no_id_token(void **state)
{
	struct fixture *f = *state;

	poll_code(f, fixture_code(f, "profile", "alice")->device, "linux-login");
	assert_int_equal(f->x.rep.status, 200);
	assert_null(json_object_get(fixture_body(f), "id_token"));
}

static void
the_algorithm_is_the_worlds(void **state)
{
	struct fixture *f = *state;

	f->w.alg = KEYS_ES256;
	poll_code(f, fixture_code(f, "openid", "alice")->device, "linux-login");
	/* {"alg":"ES256" */
	assert_int_equal(strncmp(fixture_string(f, "id_token"), "eyJhbGciOiJFUzI1NiI", 19), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(without_openid_there_is_no_id_token, fixture_reset),
		cmocka_unit_test_setup(the_algorithm_is_the_worlds, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
