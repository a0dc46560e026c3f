/* Keys as JSON. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jwk.h"
#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/keygen.h"
#include "tests/support/unit.h"

/* The members of o are exactly these, in this order. */
static void
has_members(json_t *o, const char *const *names)
{
	const char *name;
	json_t *v;
	size_t i = 0;

	assert_non_null(o);
	json_object_foreach(o, name, v) assert_string_equal(name, names[i++]);
	assert_null(names[i]);
}

static void
keys_have_the_members_of_their_type(void **state)
{
	static const char *const rsa[] = { "kty", "n", "e", NULL },
	                         *const ec[] = { "kty", "crv", "x", "y", NULL },
	                         *const okp[] = { "kty", "crv", "x", NULL },
	                         *const rsa_d[] = { "kty", "n", "e", "d", "p", "q", "dp", "dq",
		                         "qi", NULL },
	                         *const ec_d[] = { "kty", "crv", "x", "y", "d", NULL },
	                         *const okp_d[] = { "kty", "crv", "x", "d", NULL };
	const struct {
		EVP_PKEY *key;
		const char *const *public, *const *private;
	} rows[] = {
		{ keygen_rsa(NULL, ""), rsa, rsa_d },
		{ keygen_curve(NULL, "", "P-521"), ec, ec_d },
		{ keygen_ed(NULL, "", "ED25519"), okp, okp_d },
		{ keygen_ed(NULL, "", "ED448"), okp, okp_d },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *public = jwk_public(rows[i].key), *private = jwk_private(rows[i].key);
		EVP_PKEY *back = jwkread_pkey(public);

		has_members(public, rows[i].public);
		has_members(private, rows[i].private);
		assert_int_equal(EVP_PKEY_eq(back, rows[i].key), 1);
		EVP_PKEY_free(back);
		EVP_PKEY_free(rows[i].key);
		json_decref(public);
		json_decref(private);
	}
}

static void
curves_have_nists_name_or_their_own(void **state)
{
	static const char *const names[] = { "P-256", "P-384", "P-521", "P-224", "secp256k1",
		"brainpoolP256r1" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		EVP_PKEY *key = keygen_curve(NULL, "", names[i]);
		json_t *jwk = jwk_public(key);

		assert_string_equal(json_string_value(json_object_get(jwk, "crv")), names[i]);
		EVP_PKEY_free(key);
		json_decref(jwk);
	}
}

static void
numbers_have_the_octets_that_are_asked_for(void **state)
{
	json_t *v;
	BIGNUM *n = BN_new();

	(void)state;
	assert_int_equal(BN_set_word(n, 65537), 1);
	v = jwk_number(n, 0);
	assert_string_equal(json_string_value(v), "AQAB");
	json_decref(v);
	v = jwk_number(n, 4);
	assert_string_equal(json_string_value(v), "AAEAAQ");
	json_decref(v);
	assert_null(jwk_number(n, 2));
	BN_free(n);
}

/* RFC 7638 section 3.1. */
static void
the_thumbprint_is_that_of_the_rfc(void **state)
{
	static const uint8_t want[] = { 55, 54, 203, 177, 120, 124, 184, 48, 156, 119, 238, 140, 55,
		5, 197, 225, 111, 251, 158, 133, 151, 21, 144, 31, 30, 76, 89, 177, 17, 130, 245,
		123 };
	json_t *o = json_pack("{s:s, s:s, s:s}", "kty", "RSA", "n",
	    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc"
	    "_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQ"
	    "R0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bF"
	    "TWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
	    "e", "AQAB");
	uint8_t md[32];

	(void)state;
	assert_true(jwk_thumbprint(o, md));
	assert_memory_equal(md, want, sizeof(want));
	json_decref(o);
}

static void
an_rsa_key_of_any_numbers_can_be_written(void **state)
{
	static const char *const names[] = { "kty", "n", "e", NULL },
	                         *const more[] = { "kty", "n", "e", "d", NULL };
	json_t *o = jwk_rsa(BN_value_one(), BN_value_one(), NULL);

	(void)state;
	has_members(o, names);
	assert_string_equal(json_string_value(json_object_get(o, "e")), "AQ");
	json_decref(o);
	o = jwk_rsa(BN_value_one(), BN_value_one(), BN_value_one());
	has_members(o, more);
	json_decref(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_have_the_members_of_their_type),
		cmocka_unit_test(curves_have_nists_name_or_their_own),
		cmocka_unit_test(numbers_have_the_octets_that_are_asked_for),
		cmocka_unit_test(the_thumbprint_is_that_of_the_rfc),
		cmocka_unit_test(an_rsa_key_of_any_numbers_can_be_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
