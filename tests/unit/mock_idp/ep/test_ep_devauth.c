/* Device authorization. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
ask(struct fixture *f, const char *form)
{
	ep_devauth(&f->w, fixture_ask(f, "POST", "/api/oidc/device-authorization", form));
}

static void
answers_as_authelia_does(void **state)
{
	struct fixture *f = *state;
	json_t *o;

	ask(f, "client_id=linux-login&scope=openid+groups&nonce=12345678");
	assert_int_equal(f->x.rep.status, 200);
	o = fixture_body(f);
	assert_int_equal(json_object_size(o), 6);
	assert_int_equal(json_integer_value(json_object_get(o, "expires_in")), 599);
	assert_int_equal(json_integer_value(json_object_get(o, "interval")), 10);
	assert_string_equal(fixture_string(f, "device_code"), f->w.codes.v[0]->device);
	assert_string_equal(fixture_string(f, "user_code"), f->w.codes.v[0]->user);
	assert_string_equal(fixture_string(f, "verification_uri"),
	    FIXTURE_ISSUER "/consent/openid/device-authorization");
	assert_non_null(
	    strstr(fixture_string(f, "verification_uri_complete"), f->w.codes.v[0]->user));
	assert_string_equal(f->w.codes.v[0]->scope, "openid groups");
	assert_string_equal(f->w.codes.v[0]->nonce, "12345678");
	assert_int_equal(f->w.codes.v[0]->expires, 1000 + 600000);
	assert_int_equal(json_array_size(f->x.violations), 0);
}

static void
a_code_lives_as_long_as_it_is_told_to(void **state)
{
	struct fixture *f = *state;

	f->w.expires_in = 5;
	ask(f, "client_id=linux-login");
	assert_int_equal(json_integer_value(json_object_get(fixture_body(f), "expires_in")), 4);
	assert_int_equal(f->w.codes.v[0]->expires, 1000 + 5000);
	f->w.expires_in = 600;
}

static void
refuses_with_an_empty_object(void **state)
{
	struct fixture *f = *state;

	ask(f, "client_id=nobody&scope=openid");
	assert_int_equal(f->x.rep.status, 401);
	assert_string_equal(buf_cstr(f->x.rep.body), "{}\n");
	ask(f, "client_id=linux-login&scope=openid+wheel");
	assert_int_equal(f->x.rep.status, 400);
	assert_string_equal(buf_cstr(f->x.rep.body), "{}\n");
	assert_string_equal(f->x.rep.error, "invalid_scope");
	ask(f, "client_id=linux-basic&scope=openid");
	assert_int_equal(f->x.rep.status, 401);
	assert_int_equal(f->w.codes.n, 0);
}

static void
wants_the_client_id_in_the_body_too(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "POST", "/", "scope=openid");
	const char *basic = "Basic bGludXgtYmFzaWM6YmFzaWMtc2VjcmV0";

	assert_int_equal(pairs_add(&x->req.headers, "authorization", basic), E_OK);
	ep_devauth(&f->w, x);
	assert_int_equal(f->x.rep.status, 401);
	assert_true(fixture_violated(f, "client_id_not_in_body"));
	x = fixture_ask(f, "POST", "/", "scope=openid&client_id=linux-basic");
	assert_int_equal(pairs_add(&x->req.headers, "authorization", basic), E_OK);
	ep_devauth(&f->w, x);
	assert_int_equal(f->x.rep.status, 200);
}

static void
refuses_a_client_without_the_grant(void **state)
{
	struct fixture *f = *state;
	struct client c = { .id = strdup("no-grant") };

	assert_int_equal(people_put_client(&f->w.people, &c), E_OK);
	ask(f, "client_id=no-grant");
	assert_int_equal(f->x.rep.status, 400);
	assert_string_equal(f->x.rep.error, "invalid_grant");
}

static void
notes_a_short_nonce(void **state)
{
	struct fixture *f = *state;

	ask(f, "client_id=linux-login&nonce=1234567");
	assert_int_equal(f->x.rep.status, 200);
	assert_true(fixture_violated(f, "short_nonce"));
	ask(f, "client_id=linux-login&nonce=12345678");
	assert_false(fixture_violated(f, "short_nonce"));
}

static void
approves_at_once_when_told_to(void **state)
{
	struct fixture *f = *state;

	f->w.auto_user = strdup("bob");
	ask(f, "client_id=linux-login&scope=openid");
	assert_int_equal(f->w.codes.v[0]->state, CODE_APPROVED);
	assert_string_equal(f->w.codes.v[0]->username, "bob");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(answers_as_authelia_does, fixture_reset),
		cmocka_unit_test_setup(a_code_lives_as_long_as_it_is_told_to, fixture_reset),
		cmocka_unit_test_setup(refuses_with_an_empty_object, fixture_reset),
		cmocka_unit_test_setup(wants_the_client_id_in_the_body_too, fixture_reset),
		cmocka_unit_test_setup(refuses_a_client_without_the_grant, fixture_reset),
		cmocka_unit_test_setup(notes_a_short_nonce, fixture_reset),
		cmocka_unit_test_setup(approves_at_once_when_told_to, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
