/* The table of primes is what its header says. */
#include "config.h"

#include <string.h>

#include <openssl/bn.h>

#include "mock_idp/jose/primes.h"
#include "tests/support/unit.h"

static void
each_is_a_prime_that_an_rsa_key_can_have(void **state)
{
	BN_CTX *ctx = BN_CTX_new();
	BIGNUM *p = NULL;

	(void)state;
	for (int i = 0; i < PRIMES; i++) {
		assert_int_equal(BN_hex2bn(&p, primes[i]), 256);
		assert_int_equal(BN_num_bits(p), 1024);
		assert_true(BN_is_bit_set(p, 1022));
		assert_int_equal(BN_check_prime(p, ctx, NULL), 1);
		assert_int_equal(BN_mod_word(p, 3), 2);
		assert_int_not_equal(BN_mod_word(p, 65537), 1);
	}
	BN_free(p);
	BN_CTX_free(ctx);
}

static void
no_two_are_the_same(void **state)
{
	(void)state;
	for (int i = 0; i < PRIMES; i++)
		for (int j = 0; j < i; j++)
			assert_string_not_equal(primes[i], primes[j]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_a_prime_that_an_rsa_key_can_have),
		cmocka_unit_test(no_two_are_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
