/* Keys of one form. */
#include "config.h"

#include "helper/oidc/roca.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

#include <openssl/core_names.h>

static bool
fingerprint(const char *hex)
{
	BIGNUM *n = NULL;
	bool found;

	assert_true(BN_hex2bn(&n, hex) > 0);
	found = roca_fingerprint(n);
	BN_free(n);
	return found;
}

static void
powers_of_the_generator_have_the_form(void **state)
{
	(void)state;
	assert_true(fingerprint("1"));
	assert_true(fingerprint("10001"));
	assert_true(fingerprint("100020001"));
	assert_false(fingerprint("10003"));
	assert_false(fingerprint("100020003"));
	assert_false(fingerprint("0"));
}

static void
sound_keys_do_not(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		EVP_PKEY *k = mint_rsa(2048);
		BIGNUM *n = NULL;

		assert_int_equal(EVP_PKEY_get_bn_param(k, OSSL_PKEY_PARAM_RSA_N, &n), 1);
		assert_false(roca_fingerprint(n));
		BN_free(n);
		EVP_PKEY_free(k);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(powers_of_the_generator_have_the_form),
		cmocka_unit_test(sound_keys_do_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
