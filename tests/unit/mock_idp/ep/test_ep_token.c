/* The token endpoint. */
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
requests_that_ask_for_nothing_are_invalid(void **state)
{
	struct fixture *f = *state;

	post(f, "");
	answered(f, 400, "invalid_request");
	post(f, "client_id=linux-login");
	answered(f, 400, "invalid_request");
	post(f, "grant_type=password&client_id=linux-login");
	answered(f, 400, "invalid_request");
	poll_code(f, "", "linux-login");
	answered(f, 400, "invalid_request");
}

static void
wrong_clients_are_refused(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", "alice");
	struct client none = { .id = strdup("no-grant") };

	assert_int_equal(people_put_client(&f->w.people, &none), E_OK);
	poll_code(f, c->device, "linux-login&client_secret=x");
	answered(f, 401, "invalid_client");
	assert_null(pairs_get(&f->x.rep.headers, "WWW-Authenticate"));
	poll_code(f, c->device, "no-grant");
	answered(f, 400, "unauthorized_client");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(requests_that_ask_for_nothing_are_invalid, fixture_reset),
		cmocka_unit_test_setup(wrong_clients_are_refused, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
