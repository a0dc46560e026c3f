/* Public keys as JWK. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jwkpub.h"
#include "mock_idp/jose/keys.h"
#include "tests/support/unit.h"

#define X "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
#define Y "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
#define ED "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

static bool
reads(const char *text)
{
	json_t *jwk = json_loads(text, 0, NULL);
	EVP_PKEY *key;

	assert_non_null(jwk);
	key = jwkpub_read(jwk);
	EVP_PKEY_free(key);
	json_decref(jwk);
	return key != NULL;
}

static void
the_keys_of_two_rfcs_are_read(void **state)
{
	(void)state;
	/* RFC 7515 appendix A.3, RFC 8037 appendix A.2 */
	assert_true(reads("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X "\",\"y\":\"" Y "\"}"));
	assert_true(reads("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" ED "\"}"));
}

static void
what_the_provider_publishes_is_read(void **state)
{
	struct keys keys;

	(void)state;
	assert_int_equal(keys_make(&keys, NULL, NULL), E_OK);
	for (int i = 0; i < ALG_PUBLIC; i++) {
		const struct key *k = keys_of(&keys, (enum alg_id)i);
		EVP_PKEY *key = jwkpub_read(k->jwk);

		assert_non_null(key);
		assert_int_equal(EVP_PKEY_eq(key, k->pkey), 1);
		EVP_PKEY_free(key);
	}
	keys_clear(&keys);
}

static void
what_is_no_key_is_not(void **state)
{
	static const char *const broken[] = { "{}", "{\"kty\":1}",
		"{\"kty\":\"oct\",\"k\":\"AQID\"}",
		/* one thing wrong with the first of the above */
		"{\"crv\":\"P-256\",\"x\":\"" X "\",\"y\":\"" Y "\"}",
		"{\"kty\":\"EC\",\"x\":\"" X "\",\"y\":\"" Y "\"}",
		"{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"" X "\",\"y\":\"" Y "\"}",
		"{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"" X "\",\"y\":\"" Y "\"}",
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X "\"}",
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" Y "\",\"y\":\"" X "\"}",
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X "=\",\"y\":\"" Y "\"}",
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQID\",\"y\":\"" Y "\"}",
		"{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"" ED "\"}",
		"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQID\"}",
		"{\"kty\":\"RSA\",\"n\":\"AQID\",\"e\":\"AQAB\"}",
		"{\"kty\":\"RSA\",\"e\":\"AQAB\"}" };

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		assert_false(reads(broken[i]));
	assert_null(jwkpub_read(NULL));
}

static void
an_rsa_key_has_an_exponent_and_2048_bits(void **state)
{
	char n[342 + 1];
	json_t *jwk;
	EVP_PKEY *key;

	(void)state;
	memset(n, '_', 342);
	n[341] = 'w';
	n[342] = '\0';
	jwk = json_pack("{s:s, s:s, s:s}", "kty", "RSA", "n", n, "e", "AQAB");
	key = jwkpub_read(jwk);
	assert_non_null(key);
	EVP_PKEY_free(key);
	assert_int_equal(json_object_set_new(jwk, "e", json_string("")), 0);
	assert_null(jwkpub_read(jwk));
	/* the first bit is 0: 2047 of them */
	n[0] = 'f';
	assert_int_equal(json_object_set_new(jwk, "e", json_string("AQAB")), 0);
	assert_int_equal(json_object_set_new(jwk, "n", json_string(n)), 0);
	assert_null(jwkpub_read(jwk));
	json_decref(jwk);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keys_of_two_rfcs_are_read),
		cmocka_unit_test(what_the_provider_publishes_is_read),
		cmocka_unit_test(what_is_no_key_is_not),
		cmocka_unit_test(an_rsa_key_has_an_exponent_and_2048_bits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
