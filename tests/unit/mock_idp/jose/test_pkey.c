/* Keys out of their numbers. */
#include "config.h"

#include <stdbool.h>

#include <openssl/core_names.h>

#include "mock_idp/jose/pkey.h"
#include "tests/support/unit.h"

/* An RSA key of a modulus alone, with an exponent or without. */
static EVP_PKEY *
make(const char *type, bool whole)
{
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	BIGNUM *n = NULL, *e = NULL;
	EVP_PKEY *key;

	assert_true(BN_set_word(n = BN_new(), 0xc5) == 1 && BN_set_word(e = BN_new(), 3) == 1);
	assert_int_equal(OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, n), 1);
	if (whole)
		assert_int_equal(OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, e), 1);
	key = pkey_make(type, bld, EVP_PKEY_PUBLIC_KEY);
	OSSL_PARAM_BLD_free(bld);
	BN_free(n);
	BN_free(e);
	return key;
}

static void
numbers_are_a_key(void **state)
{
	EVP_PKEY *key = make("RSA", true);
	BIGNUM *e = NULL;

	(void)state;
	assert_non_null(key);
	assert_int_equal(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e), 1);
	assert_true(BN_is_word(e, 3));
	BN_free(e);
	EVP_PKEY_free(key);
}

static void
too_few_or_another_types_are_none(void **state)
{
	(void)state;
	assert_null(make("RSA", false));
	assert_null(make("EC", true));
	assert_null(make("no type", true));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_a_key),
		cmocka_unit_test(too_few_or_another_types_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
