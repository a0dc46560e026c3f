/* Client authentication. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "mock_idp/ep/client_auth.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static const struct client *
authenticate(struct fixture *f, const char *form, const char *header)
{
	struct exchange *x = fixture_ask(f, "POST", "/", form);
	enum oauth_error error = OAUTH_SERVER_ERROR;

	if (header != NULL)
		assert_int_equal(pairs_add(&x->req.headers, "authorization", header), E_OK);
	return client_auth(&f->w, x, &error);
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

#define BASIC "Basic bGludXgtYmFzaWM6YmFzaWMtc2VjcmV0" /* linux-basic:basic-secret */
#define WRONG "Basic bGludXgtYmFzaWM6d3Jvbmc="         /* linux-basic:wrong */

static bool
proves(struct fixture *f, enum profile_proof how, const char *form, const char *header)
{
	struct exchange *x = fixture_ask(f, "POST", "/", form);
	enum oauth_error error;

	if (header != NULL)
		assert_int_equal(pairs_add(&x->req.headers, "authorization", header), E_OK);
	return client_auth_as(&f->w, x, how, &error) != NULL;
}

/* By Basic, in the body, with a wrong secret, without any, and as a public client. */
static void
takes_what_the_provider_takes(void **state)
{
	static const struct {
		enum profile_proof how;
		bool basic, body, wrong, nothing, with_public;
	} rows[] = {
		{ PROOF_EXACT, true, false, false, false, true },
		{ PROOF_ANY, true, true, false, false, true },
		{ PROOF_BODY, false, true, false, false, true },
		{ PROOF_ID, true, true, true, true, true },
		{ PROOF_NONE, false, true, false, false, true },
	};
	static const char id[] = "client_id=linux-basic",
	                  body[] = "client_id=linux-basic&client_secret=basic-secret",
	                  bad[] = "client_id=linux-basic&client_secret=wrong";
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(proves(f, rows[i].how, id, BASIC), rows[i].basic);
		assert_int_equal(proves(f, rows[i].how, body, NULL), rows[i].body);
		assert_int_equal(proves(f, rows[i].how, id, WRONG), rows[i].wrong);
		assert_int_equal(proves(f, rows[i].how, bad, NULL), rows[i].wrong);
		assert_int_equal(proves(f, rows[i].how, id, NULL), rows[i].nothing);
		assert_int_equal(
		    proves(f, rows[i].how, "client_id=linux-login", NULL), rows[i].with_public);
		assert_false(proves(f, rows[i].how, "client_id=nobody", NULL));
	}
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

static void
takes_what_needed_encoding(void **state)
{
	struct fixture *f = *state;

	/* odd+client%2B1%253A:s%3A%25%2B%26%3D%2F+%C3%BC */
	assert_string_equal(
	    authenticate(
	        f, "a=b", "Basic b2RkK2NsaWVudCUyQjElMjUzQTpzJTNBJTI1JTJCJTI2JTNEJTJGKyVDMyVCQw==")
	        ->id,
	    "odd client+1%3A");
	/* not encoded: odd client+1%3A:s:%+&=/ and an u with dots */
	assert_null(authenticate(f, "a=b", "Basic b2RkIGNsaWVudCsxJTNBOnM6JSsmPS8gw7w="));
}

/* A golden assertion of linux-jwt, and more of the form. */
static const struct client *
assert_with(struct fixture *f, const char *jti, const char *more, const char *header)
{
	char *text = fixture_jwt("{\"alg\":\"HS256\"}", fixture_claims(f, "linux-jwt", jti),
	         "jwt-secret-of-32-characters-or-so", NULL),
	     form[2048];

	(void)snprintf(form, sizeof(form),
	    "client_assertion_type=urn%%3Aietf%%3Aparams%%3Aoauth%%3Aclient-assertion-type%%3A"
	    "jwt-bearer&client_assertion=%s%s",
	    text, more);
	free(text);
	return authenticate(f, form, header);
}

static void
takes_an_assertion_with_or_without_the_id(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(assert_with(f, "1", "", NULL)->id, "linux-jwt");
	assert_string_equal(assert_with(f, "2", "&client_id=linux-jwt", NULL)->id, "linux-jwt");
	assert_false(fixture_violated(f, "client_auth"));
	assert_null(assert_with(f, "3", "&client_id=linux-login", NULL));
	assert_true(fixture_violated(f, "client_auth:two_ids"));
	assert_null(assert_with(f, "1", "", NULL));
	assert_true(fixture_violated(f, "client_auth:assertion_replay"));
}

static void
takes_no_assertion_beside_another_proof(void **state)
{
	struct fixture *f = *state;

	assert_null(assert_with(f, "1", "&client_secret=x", NULL));
	assert_true(fixture_violated(f, "client_auth:two_methods"));
	assert_null(assert_with(f, "1", "", "Basic bGludXgtYmFzaWM6YmFzaWMtc2VjcmV0"));
	assert_true(fixture_violated(f, "client_auth:two_methods"));
	/* neither used it up */
	assert_non_null(assert_with(f, "1", "", NULL));
}

static void
takes_no_assertion_without_its_type(void **state)
{
	struct fixture *f = *state;

	assert_null(authenticate(f, "client_id=linux-login&client_assertion=x", NULL));
	assert_true(fixture_violated(f, "client_auth:assertion_type"));
	assert_null(authenticate(f, "client_id=linux-login&client_assertion_type=x", NULL));
	assert_true(fixture_violated(f, "client_auth:assertion_type"));
}

static enum oauth_error
error_of(struct fixture *f, const char *form, const char *header)
{
	struct exchange *x = fixture_ask(f, "POST", "/", form);
	enum oauth_error error = OAUTH_SERVER_ERROR;

	if (header != NULL)
		assert_int_equal(pairs_add(&x->req.headers, "authorization", header), E_OK);
	assert_null(client_auth(&f->w, x, &error));
	return error;
}

static void
says_which_error_the_token_endpoint_answers(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(error_of(f, "client_id=nobody", NULL), OAUTH_INVALID_CLIENT);
	assert_int_equal(
	    error_of(f, "client_id=linux-post&client_secret=x", NULL), OAUTH_INVALID_CLIENT);
	assert_int_equal(error_of(f, "a=b", NULL), OAUTH_INVALID_REQUEST);
	assert_int_equal(
	    error_of(f, "client_secret=x&client_assertion=x", NULL), OAUTH_INVALID_REQUEST);
	assert_int_equal(error_of(f, "client_id=linux-login", "Bearer x"), OAUTH_INVALID_REQUEST);
	assert_int_equal(
	    error_of(f, "client_id=linux-login&client_assertion=x", NULL), OAUTH_INVALID_REQUEST);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(takes_each_registered_method, fixture_reset),
		cmocka_unit_test_setup(takes_what_the_provider_takes, fixture_reset),
		cmocka_unit_test_setup(takes_no_other_method, fixture_reset),
		cmocka_unit_test_setup(takes_no_wrong_secret_and_no_stranger, fixture_reset),
		cmocka_unit_test_setup(takes_no_two_methods_or_ids_at_once, fixture_reset),
		cmocka_unit_test_setup(takes_no_broken_header, fixture_reset),
		cmocka_unit_test_setup(takes_what_needed_encoding, fixture_reset),
		cmocka_unit_test_setup(takes_an_assertion_with_or_without_the_id, fixture_reset),
		cmocka_unit_test_setup(takes_no_assertion_beside_another_proof, fixture_reset),
		cmocka_unit_test_setup(takes_no_assertion_without_its_type, fixture_reset),
		cmocka_unit_test_setup(says_which_error_the_token_endpoint_answers, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
