/* One client of the users file. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/store/client_file.h"
#include "tests/support/unit.h"

#define SECRET "0123456789abcdef0123456789abcdef"
#define EC                                                                                         \
	"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"," \
	"\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}"
#define KEY_JWT "\"client_id\":\"c\",\"token_endpoint_auth_method\":\"private_key_jwt\""
#define SECRET_JWT                                                                                 \
	"\"client_id\":\"c\",\"token_endpoint_auth_method\":\"client_secret_jwt\",\"client_"       \
	"secret\":"

static enum errcode
parse(struct client *c, const char *text, struct err *e)
{
	json_t *o = json_loads(text, JSON_DECODE_ANY, NULL);
	enum errcode r;

	assert_non_null(o);
	memset(c, 0, sizeof(*c));
	r = client_file_parse(c, o, e);
	json_decref(o);
	return r;
}

static void
refused(const char *text, const char *why)
{
	struct client c;
	struct err e = { .code = E_OK };

	assert_int_equal(parse(&c, text, &e), E_CFG);
	if (strstr(e.text, why) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", e.text, why);
	assert_null(c.id);
}

static void
an_id_alone_is_a_public_client(void **state)
{
	struct client c;

	(void)state;
	assert_int_equal(parse(&c, "{\"client_id\":\"c\"}", NULL), E_OK);
	assert_int_equal(c.method, AUTH_NONE);
	assert_int_equal(c.scopes.n, 4);
	assert_int_equal(c.grants.n, 1);
	assert_int_equal(c.redirects.n, 0);
	assert_false(c.require_par || c.require_pkce);
	assert_null(c.userinfo_alg);
	people_clear_client(&c);
}

static void
every_member_is_taken(void **state)
{
	struct client c;

	(void)state;
	assert_int_equal(
	    parse(&c,
	        "{\"client_id\":\"c\",\"client_secret\":\"s\",\"scopes\":[\"openid\"],"
	        "\"grant_types\":[\"refresh_token\"],\"redirect_uris\":[\"https://a.test/\"],"
	        "\"require_pushed_authorization_requests\":true,\"require_pkce\":true,"
	        "\"userinfo_signed_response_alg\":\"ES256\"}",
	        NULL),
	    E_OK);
	assert_int_equal(c.method, AUTH_BASIC);
	assert_string_equal(c.secret, "s");
	assert_int_equal(c.scopes.n, 1);
	assert_true(strlist_has(&c.grants, PEOPLE_REFRESH_GRANT));
	assert_int_equal(c.redirects.n, 1);
	assert_true(c.require_par && c.require_pkce);
	assert_int_equal(c.userinfo_alg->id, ALG_ES256);
	people_clear_client(&c);
	assert_int_equal(
	    parse(&c, "{\"client_id\":\"c\",\"userinfo_signed_response_alg\":\"PS384\"}", NULL),
	    E_OK);
	assert_int_equal(c.userinfo_alg->id, ALG_PS384);
	people_clear_client(&c);
	assert_int_equal(
	    parse(&c, "{\"client_id\":\"c\",\"userinfo_signed_response_alg\":\"none\"}", NULL),
	    E_OK);
	assert_null(c.userinfo_alg);
	people_clear_client(&c);
}

static void
assertions_are_registered_with_what_verifies_them(void **state)
{
	struct client c;

	(void)state;
	assert_int_equal(parse(&c, "{" SECRET_JWT "\"" SECRET "\"}", NULL), E_OK);
	assert_int_equal(c.method, AUTH_SECRET_JWT);
	people_clear_client(&c);
	assert_int_equal(parse(&c, "{" KEY_JWT ",\"jwks\":[" EC "," EC "]}", NULL), E_OK);
	assert_int_equal(c.method, AUTH_KEY_JWT);
	assert_int_equal(json_array_size(c.jwks), 2);
	people_clear_client(&c);
}

static void
and_not_without(void **state)
{
	(void)state;
	refused("{" SECRET_JWT "\"0123456789abcdef0123456789abcde\"}", "32 characters or more");
	refused("{\"client_id\":\"c\",\"token_endpoint_auth_method\":\"client_secret_jwt\"}",
	    "do not go together");
	refused("{" KEY_JWT "}", "\"jwks\" go together");
	refused("{" KEY_JWT ",\"client_secret\":\"" SECRET "\",\"jwks\":[" EC "]}",
	    "do not go together");
	refused("{" SECRET_JWT "\"" SECRET "\",\"jwks\":[" EC "]}", "\"jwks\" go together");
	refused("{\"client_id\":\"c\",\"jwks\":[" EC "]}", "\"jwks\" go together");
	refused("{" KEY_JWT ",\"jwks\":[]}", "array of JWK");
	refused("{" KEY_JWT ",\"jwks\":{\"keys\":[" EC "]}}", "array of JWK");
	refused("{" KEY_JWT ",\"jwks\":[" EC ",{\"kty\":\"EC\"}]}", "\"jwks\"[1] is no public key");
	refused("{" KEY_JWT ",\"jwks\":[1]}", "\"jwks\"[0] is no public key");
}

static void
what_is_wrong_is_named(void **state)
{
	(void)state;
	refused("1", "must be an object");
	refused("{}", "no \"client_id\"");
	refused("{\"client_id\":\"c\",\"secret\":\"s\"}", "unknown member secret in a client");
	refused("{\"client_id\":\"c\",\"token_endpoint_auth_method\":\"x\"}", "private_key_jwt");
	refused("{\"client_id\":\"c\",\"token_endpoint_auth_method\":1}", "must be none");
	refused("{\"client_id\":\"c\",\"client_secret\":\"s\","
	        "\"token_endpoint_auth_method\":\"none\"}",
	    "do not go together");
	refused("{\"client_id\":\"c\",\"redirect_uris\":[\"http://a.test/\"]}",
	    "\"redirect_uris\" must be https");
	refused("{\"client_id\":\"c\",\"require_pkce\":1}", "\"require_pkce\" must be true");
	refused("{\"client_id\":\"c\",\"require_pushed_authorization_requests\":\"no\"}",
	    "must be true or false");
	refused(
	    "{\"client_id\":\"c\",\"userinfo_signed_response_alg\":\"HS256\"}", "must be none, or");
	refused("{\"client_id\":\"c\",\"userinfo_signed_response_alg\":true}", "must be none, or");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_id_alone_is_a_public_client),
		cmocka_unit_test(every_member_is_taken),
		cmocka_unit_test(assertions_are_registered_with_what_verifies_them),
		cmocka_unit_test(and_not_without),
		cmocka_unit_test(what_is_wrong_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
