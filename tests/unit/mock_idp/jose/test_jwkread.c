/* What stands in a key that is JSON. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jwk.h"
#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/keygen.h"
#include "tests/support/unit.h"

static json_t *
load(const char *text)
{
	json_t *o = json_loads(text, 0, NULL);

	assert_non_null(o);
	return o;
}

static void
numbers_are_base64url_and_nothing_else(void **state)
{
	json_t *o =
	    load("{\"a\":\"AQAB\",\"pad\":\"AQ==\",\"plus\":\"+/+/\",\"num\":3,\"empty\":\"\"}");
	BIGNUM *n = jwkread_number(o, "a");
	uint8_t raw[JWKREAD_MAX];
	size_t len = 9;

	(void)state;
	assert_true(BN_is_word(n, 65537));
	BN_free(n);
	assert_true(jwkread_octets(o, "empty", raw, &len));
	assert_int_equal(len, 0);
	assert_null(jwkread_number(o, "pad"));
	assert_null(jwkread_number(o, "plus"));
	assert_null(jwkread_number(o, "num"));
	assert_null(jwkread_number(o, "absent"));
	json_decref(o);
}

static void
a_number_that_is_too_long_is_none(void **state)
{
	char text[JWKREAD_MAX * 2];
	json_t *o;

	(void)state;
	memset(text, 'A', sizeof(text));
	text[(JWKREAD_MAX * 4 + 2) / 3] = '\0';
	o = json_pack("{s:s}", "n", text);
	assert_non_null(json_object_get(o, "n"));
	{
		BIGNUM *n = jwkread_number(o, "n");

		assert_non_null(n);
		BN_free(n);
	}
	(void)strcat(text, "AA");
	json_object_set_new(o, "n", json_string(text));
	assert_null(jwkread_number(o, "n"));
	json_decref(o);
}

static void
says(const char *jwk, const char *text)
{
	struct err e = { .code = E_OK };
	json_t *o = load(jwk);

	assert_int_equal(jwkread_check(o, &e), text == NULL ? E_OK : E_CFG);
	assert_string_equal(e.text, text == NULL ? "" : text);
	json_decref(o);
}

static void
a_key_that_signs_has_its_private_numbers(void **state)
{
	(void)state;
	says("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"d\":\"AQ\"}", NULL);
	says("{\"kty\":\"EC\",\"crv\":\"P-224\",\"d\":\"AQ\"}", NULL);
	says("{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"d\":\"AQ\"}", NULL);
	says("{\"kty\":\"oct\",\"k\":\"\"}", NULL);
	says("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQ\"}", ".d: is missing");
	says("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"d\":\"A\"}", ".d: is not base64url");
	says("{\"kty\":\"EC\",\"crv\":1,\"d\":\"AQ\"}", ".crv: is not a text");
	says("{\"kty\":\"EC\",\"d\":\"AQ\"}", ".crv: is missing");
	says("{\"kty\":\"oct\"}", ".k: is missing");
	says("{\"kty\":\"rsa\"}", ".kty: must be RSA, EC, OKP or oct");
	says("{}", ".kty: must be RSA, EC, OKP or oct");
	says("[]", ".kty: must be RSA, EC, OKP or oct");
}

static void
a_key_comes_of_what_is_one(void **state)
{
	EVP_PKEY *keys[] = { keygen_rsa(NULL, ""), keygen_curve(NULL, "", "P-384"),
		keygen_ed(NULL, "", "ED25519") };

	(void)state;
	for (int i = 0; i < 3; i++) {
		json_t *jwk = jwk_private(keys[i]);
		EVP_PKEY *back = jwkread_pkey(jwk);

		assert_int_equal(EVP_PKEY_eq(keys[i], back), 1);
		EVP_PKEY_free(keys[i]);
		EVP_PKEY_free(back);
		json_decref(jwk);
	}
}

/* What OpenSSL makes of a key is OpenSSL's business; that nothing else comes of it is ours. */
static void
no_key_comes_of_what_is_none(void **state)
{
	static const char *const texts[] = { "{\"kty\":\"RSA\",\"n\":\"AQAB\"}",
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
		"{\"kty\":\"EC\",\"crv\":\"P-257\",\"x\":\"AQ\",\"y\":\"AQ\"}",
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\"}",
		"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}",
		"{\"kty\":\"oct\",\"k\":\"AQ\"}", "{}" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		json_t *o = load(texts[i]);

		assert_null(jwkread_pkey(o));
		json_decref(o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_base64url_and_nothing_else),
		cmocka_unit_test(a_number_that_is_too_long_is_none),
		cmocka_unit_test(a_key_that_signs_has_its_private_numbers),
		cmocka_unit_test(a_key_comes_of_what_is_one),
		cmocka_unit_test(no_key_comes_of_what_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
