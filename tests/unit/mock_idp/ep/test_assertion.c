/* The JWT by which a client says who it is. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/client_key.h"
#include "mock_idp/ep/assertion.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define SECRET "jwt-secret-of-32-characters-or-so"
#define HS "{\"alg\":\"HS256\"}"
#define ES "{\"alg\":\"ES256\"}"

/* Why that text proves nothing; NULL: it proves the client of that id. */
static const char *
judge(struct fixture *f, char *text, const char *id)
{
	const struct client *c = NULL;
	bool far;
	const char *why = assertion_judge(&f->w, ASSERTION_TYPE, text, &c, &far);

	free(text);
	if (why == NULL)
		assert_string_equal(c->id, id);
	else
		assert_null(c);
	assert_false(far);
	return why;
}

static char *
by_secret(struct fixture *f, const char *header, const char *jti)
{
	return fixture_jwt(header, fixture_claims(f, "linux-jwt", jti), SECRET, NULL);
}

static char *
by_key(struct fixture *f, const char *header, const char *jti)
{
	return fixture_jwt(header, fixture_claims(f, "linux-key", jti), NULL, f->w.client_key);
}

/* Golden but for that claim; NULL: without it. */
static const char *
with_claim(struct fixture *f, const char *name, json_t *value)
{
	json_t *claims = fixture_claims(f, "linux-jwt", "with-claim");

	if (value == NULL)
		assert_int_equal(json_object_del(claims, name), 0);
	else
		assert_int_equal(json_object_set_new(claims, name, value), 0);
	return judge(f, fixture_jwt(HS, claims, SECRET, NULL), "linux-jwt");
}

static void
a_secret_or_a_key_proves_its_client(void **state)
{
	struct fixture *f = *state;

	assert_null(judge(f, by_secret(f, HS, "1"), "linux-jwt"));
	assert_null(judge(f, by_key(f, ES, "1"), "linux-key"));
	assert_null(
	    judge(f, by_key(f, "{\"alg\":\"ES256\",\"kid\":\"client\"}", "2"), "linux-key"));
	assert_null(
	    judge(f, by_secret(f, "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", "2"), "linux-jwt"));
	assert_null(
	    judge(f, by_secret(f, "{\"alg\":\"HS256\",\"typ\":\"client-authentication+jwt\"}", "3"),
	        "linux-jwt"));
}

static void
and_that_once(void **state)
{
	struct fixture *f = *state;

	assert_null(judge(f, by_secret(f, HS, "1"), "linux-jwt"));
	assert_string_equal(judge(f, by_secret(f, HS, "1"), NULL), "assertion_replay");
	assert_null(judge(f, by_secret(f, HS, "2"), "linux-jwt"));
	/* when it would have expired anyway, another one may have the same name */
	f->ms += 61000;
	assert_null(judge(f, by_secret(f, HS, "1"), "linux-jwt"));
}

static void
what_fails_is_not_used_up(void **state)
{
	struct fixture *f = *state;
	json_t *claims = fixture_claims(f, "linux-jwt", "1");

	assert_string_equal(
	    judge(f, fixture_jwt(HS, claims, SECRET "x", NULL), NULL), "assertion_signature");
	assert_null(judge(f, by_secret(f, HS, "1"), "linux-jwt"));
}

static void
the_two_parameters_belong_together(void **state)
{
	struct fixture *f = *state;
	const struct client *c = NULL;
	char *text = by_secret(f, HS, "1");
	bool far;

	assert_string_equal(assertion_judge(&f->w, NULL, text, &c, &far), "assertion_type");
	assert_string_equal(
	    assertion_judge(
	        &f->w, "urn:ietf:params:oauth:client-assertion-type:saml2-bearer", text, &c, &far),
	    "assertion_type");
	assert_string_equal(
	    assertion_judge(&f->w, ASSERTION_TYPE, NULL, &c, &far), "assertion_missing");
	assert_string_equal(
	    assertion_judge(&f->w, ASSERTION_TYPE, "", &c, &far), "assertion_missing");
	assert_string_equal(
	    assertion_judge(&f->w, ASSERTION_TYPE, "x.y.z", &c, &far), "assertion_format");
	assert_null(assertion_judge(&f->w, ASSERTION_TYPE, text, &c, &far));
	free(text);
}

static void
a_header_that_is_not_for_this_is_refused(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *header, *why;
	} cases[] = {
		{ "{}", "assertion_alg" },
		{ "{\"alg\":\"none\"}", "assertion_alg" },
		{ "{\"alg\":\"hs256\"}", "assertion_alg" },
		{ "{\"alg\":1}", "assertion_alg" },
		{ "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}", "assertion_alg" },
		{ "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}", "assertion_typ" },
		{ "{\"alg\":\"HS256\",\"typ\":1}", "assertion_typ" },
		/* the signature is that of HS256 */
		{ "{\"alg\":\"HS512\"}", "assertion_signature" },
		{ "{\"alg\":\"ES256\"}", "method" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    judge(f, by_secret(f, cases[i].header, "1"), NULL), cases[i].why);
	assert_null(judge(f, by_secret(f, HS, "1"), "linux-jwt"));
}

static void
a_key_is_the_registered_one(void **state)
{
	struct fixture *f = *state;
	EVP_PKEY *other = client_key_make(NULL);
	json_t *claims = fixture_claims(f, "linux-key", "1");

	assert_string_equal(
	    judge(f, fixture_jwt(ES, claims, NULL, other), NULL), "assertion_signature");
	assert_string_equal(
	    judge(f, by_key(f, "{\"alg\":\"ES256\",\"kid\":\"Client\"}", "1"), NULL),
	    "assertion_key");
	/* its public half is no secret to sign with */
	claims = fixture_claims(f, "linux-key", "1");
	assert_string_equal(judge(f, fixture_jwt(HS, claims, SECRET, NULL), NULL), "method");
	assert_string_equal(
	    judge(f, by_key(f, "{\"alg\":\"RS256\"}", "1"), NULL), "assertion_signature");
	assert_null(judge(f, by_key(f, ES, "1"), "linux-key"));
	EVP_PKEY_free(other);
}

static void
clients_of_another_method_prove_nothing_by_it(void **state)
{
	struct fixture *f = *state;
	json_t *claims = fixture_claims(f, "linux-basic", "1");

	assert_string_equal(
	    judge(f, fixture_jwt(HS, claims, "basic-secret", NULL), NULL), "method");
	claims = fixture_claims(f, "linux-login", "1");
	assert_string_equal(judge(f, fixture_jwt(HS, claims, "", NULL), NULL), "method");
	claims = fixture_claims(f, "nobody", "1");
	assert_string_equal(
	    judge(f, fixture_jwt(HS, claims, SECRET, NULL), NULL), "unknown_client");
}

static void
the_client_speaks_of_itself(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(with_claim(f, "iss", NULL), "assertion_iss");
	assert_string_equal(with_claim(f, "iss", json_string("linux-key")), "assertion_iss");
	/* Authelia looks at iss where there is no sub */
	assert_string_equal(with_claim(f, "sub", NULL), "assertion_sub");
	assert_string_equal(with_claim(f, "sub", json_string("")), "assertion_sub");
	assert_string_equal(with_claim(f, "sub", json_string("linux-key")), "method");
	assert_string_equal(with_claim(f, "sub", json_integer(1)), "assertion_sub");
	assert_null(with_claim(f, "sub", json_string("linux-jwt")));
}

static void
the_audience_is_this_provider(void **state)
{
	struct fixture *f = *state;
	static const char *const good[] = { FIXTURE_ISSUER, FIXTURE_ISSUER "/api/oidc/token",
		FIXTURE_ISSUER "/api/oidc/pushed-authorization-request" };
	static const char *const bad[] = { "", FIXTURE_ISSUER "/", FIXTURE_ISSUER "/api/oidc",
		FIXTURE_ISSUER "/api/oidc/device-authorization", "https://127.0.0.1:471",
		"https://elsewhere.test/api/oidc/token" };
	json_t *claims;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_null(with_claim(f, "aud", json_string(good[i])));
		assertions_clear(&f->w.assertions);
		assert_null(with_claim(f, "aud", json_pack("[s, s]", "x", good[i])));
		assertions_clear(&f->w.assertions);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_string_equal(with_claim(f, "aud", json_string(bad[i])), "assertion_aud");
	assert_string_equal(with_claim(f, "aud", NULL), "assertion_aud");
	assert_string_equal(with_claim(f, "aud", json_array()), "assertion_aud");
	assert_string_equal(with_claim(f, "aud", json_pack("[i]", 1)), "assertion_aud");
	claims = json_pack("{s:s}", "iss", FIXTURE_ISSUER);
	assert_string_equal(with_claim(f, "aud", claims), "assertion_aud");
}

static void
it_is_good_now(void **state)
{
	struct fixture *f = *state;
	json_int_t now = (json_int_t)world_wall(&f->w);

	assert_string_equal(with_claim(f, "exp", NULL), "assertion_exp");
	assert_string_equal(with_claim(f, "exp", json_string("4102444800")), "assertion_exp");
	assert_string_equal(with_claim(f, "exp", json_integer(now)), "assertion_exp");
	assert_string_equal(with_claim(f, "iat", json_integer(now + 1)), "assertion_iat");
	assert_string_equal(with_claim(f, "iat", json_string("0")), "assertion_iat");
	assert_string_equal(with_claim(f, "nbf", json_integer(now + 1)), "assertion_nbf");
	assert_null(with_claim(f, "exp", json_integer(now + 1)));
	assertions_clear(&f->w.assertions);
	assert_null(with_claim(f, "exp", json_real((double)now + 0.5)));
	assertions_clear(&f->w.assertions);
	assert_null(with_claim(f, "iat", NULL));
	assertions_clear(&f->w.assertions);
	assert_null(with_claim(f, "nbf", json_integer(now)));
}

static void
it_has_a_name(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(with_claim(f, "jti", NULL), "assertion_jti");
	assert_string_equal(with_claim(f, "jti", json_string("")), "assertion_jti");
	assert_string_equal(with_claim(f, "jti", json_integer(7)), "assertion_jti");
	assert_null(with_claim(f, "jti", json_string("7")));
}

static void
one_that_lives_long_is_taken_and_noted(void **state)
{
	struct fixture *f = *state;
	json_int_t now = (json_int_t)world_wall(&f->w);
	const struct client *c = NULL;
	json_t *claims = fixture_claims(f, "linux-jwt", "1");
	bool far;
	char *text;

	assert_null(with_claim(f, "exp", json_integer(now + ASSERTION_LIFE)));
	assert_int_equal(json_object_set_new(claims, "exp", json_real(1e300)), 0);
	text = fixture_jwt(HS, claims, SECRET, NULL);
	assert_null(assertion_judge(&f->w, ASSERTION_TYPE, text, &c, &far));
	assert_true(far);
	assert_string_equal(
	    assertion_judge(&f->w, ASSERTION_TYPE, text, &c, &far), "assertion_replay");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_secret_or_a_key_proves_its_client, fixture_reset),
		cmocka_unit_test_setup(and_that_once, fixture_reset),
		cmocka_unit_test_setup(what_fails_is_not_used_up, fixture_reset),
		cmocka_unit_test_setup(the_two_parameters_belong_together, fixture_reset),
		cmocka_unit_test_setup(a_header_that_is_not_for_this_is_refused, fixture_reset),
		cmocka_unit_test_setup(a_key_is_the_registered_one, fixture_reset),
		cmocka_unit_test_setup(
		    clients_of_another_method_prove_nothing_by_it, fixture_reset),
		cmocka_unit_test_setup(the_client_speaks_of_itself, fixture_reset),
		cmocka_unit_test_setup(the_audience_is_this_provider, fixture_reset),
		cmocka_unit_test_setup(it_is_good_now, fixture_reset),
		cmocka_unit_test_setup(it_has_a_name, fixture_reset),
		cmocka_unit_test_setup(one_that_lives_long_is_taken_and_noted, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
