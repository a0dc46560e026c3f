/* Client authentication. */
#include "config.h"

#include "mock_idp/ep/client_auth.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static const struct client *
authenticate(struct fixture *f, const char *form, const char *header)
{
	struct exchange *x = fixture_ask(f, "POST", "/", form);

	if (header != NULL)
		assert_int_equal(pairs_add(&x->req.headers, "authorization", header), E_OK);
	return client_auth(&f->w, x);
}

static void
takes_each_registered_method(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(authenticate(f, "client_id=linux-login", NULL)->id, "linux-login");
	/* linux-basic:basic-secret */
	assert_non_null(authenticate(f, "a=b", "Basic bGludXgtYmFzaWM6YmFzaWMtc2VjcmV0"));
	assert_non_null(
	    authenticate(f, "client_id=linux-basic", "basic bGludXgtYmFzaWM6YmFzaWMtc2VjcmV0"));
	assert_non_null(authenticate(f, "client_id=linux-post&client_secret=post-secret", NULL));
	assert_false(fixture_violated(f, "client_auth"));
}

static void
takes_no_other_method(void **state)
{
	struct fixture *f = *state;

	assert_null(authenticate(f, "client_id=linux-basic&client_secret=basic-secret", NULL));
	assert_true(fixture_violated(f, "client_auth:method"));
	assert_null(authenticate(f, "client_id=linux-basic", NULL));
	assert_true(fixture_violated(f, "client_auth:method"));
	/* linux-post:post-secret */
	assert_null(authenticate(f, "a=b", "Basic bGludXgtcG9zdDpwb3N0LXNlY3JldA=="));
	assert_true(fixture_violated(f, "client_auth:method"));
	assert_null(authenticate(f, "client_id=linux-login&client_secret=x", NULL));
	assert_true(fixture_violated(f, "client_auth:method"));
}

static void
takes_no_wrong_secret_and_no_stranger(void **state)
{
	struct fixture *f = *state;

	assert_null(authenticate(f, "client_id=linux-post&client_secret=post-secrets", NULL));
	assert_true(fixture_violated(f, "client_auth:secret"));
	assert_null(authenticate(f, "client_id=linux-post&client_secret=post-secreT", NULL));
	assert_null(authenticate(f, "client_id=nobody", NULL));
	assert_true(fixture_violated(f, "client_auth:unknown_client"));
	assert_null(authenticate(f, "a=b", NULL));
	assert_true(fixture_violated(f, "client_auth:no_client_id"));
}

static void
takes_no_two_methods_or_ids_at_once(void **state)
{
	struct fixture *f = *state;
	const char *basic = "Basic bGludXgtYmFzaWM6YmFzaWMtc2VjcmV0";

	assert_null(authenticate(f, "client_id=linux-basic&client_secret=basic-secret", basic));
	assert_true(fixture_violated(f, "client_auth:two_methods"));
	assert_null(authenticate(f, "client_id=linux-login", basic));
	assert_true(fixture_violated(f, "client_auth:two_ids"));
}

static void
takes_no_broken_header(void **state)
{
	static const char *const broken[] = { "Bearer x", "Basic", "Basic ", "Basic !!!!",
		"Basic YQ==", "Basic bGludXgtYmFzaWM6YmFzaWMtc2VjcmV", "Basic JTowOmE=" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		assert_null(authenticate(f, "client_id=linux-login", broken[i]));
		assert_true(fixture_violated(f, "client_auth:authorization_header"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(takes_each_registered_method, fixture_reset),
		cmocka_unit_test_setup(takes_no_other_method, fixture_reset),
		cmocka_unit_test_setup(takes_no_wrong_secret_and_no_stranger, fixture_reset),
		cmocka_unit_test_setup(takes_no_two_methods_or_ids_at_once, fixture_reset),
		cmocka_unit_test_setup(takes_no_broken_header, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
