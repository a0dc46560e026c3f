/* Keys of a seed, and fresh ones. */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "mock_idp/jose/keygen.h"
#include "mock_idp/jose/primes.h"
#include "tests/support/unit.h"

/* Both are good keys; they are the same, or not. */
static bool
same(EVP_PKEY *a, EVP_PKEY *b)
{
	EVP_PKEY *both[] = { a, b };
	bool equal;

	for (int i = 0; i < 2; i++) {
		EVP_PKEY_CTX *ctx;

		assert_non_null(both[i]);
		ctx = EVP_PKEY_CTX_new(both[i], NULL);
		assert_int_equal(EVP_PKEY_check(ctx), 1);
		EVP_PKEY_CTX_free(ctx);
	}
	equal = EVP_PKEY_eq(a, b) == 1;
	EVP_PKEY_free(a);
	EVP_PKEY_free(b);
	return equal;
}

static void
one_seed_and_use_make_one_good_key(void **state)
{
	static const char *const curves[] = { "P-256", "P-384", "P-521", "P-224", "secp256k1" };
	const uint64_t seed = 1, other = 2;

	(void)state;
	assert_true(same(keygen_rsa(&seed, "a"), keygen_rsa(&seed, "a")));
	assert_false(same(keygen_rsa(&seed, "a"), keygen_rsa(&other, "a")));
	assert_true(same(keygen_ec(&seed, "a"), keygen_curve(&seed, "a", "P-256")));
	for (size_t i = 0; i < sizeof(curves) / sizeof(curves[0]); i++) {
		assert_true(
		    same(keygen_curve(&seed, "a", curves[i]), keygen_curve(&seed, "a", curves[i])));
		assert_false(
		    same(keygen_curve(&seed, "a", curves[i]), keygen_curve(&seed, "b", curves[i])));
	}
	assert_true(same(keygen_ed(&seed, "a", "ED25519"), keygen_ed(&seed, "a", "ED25519")));
	assert_false(same(keygen_ed(&seed, "a", "ED25519"), keygen_ed(&seed, "b", "ED25519")));
}

static void
an_rsa_key_has_the_usual_size_whatever_its_primes(void **state)
{
	(void)state;
	for (size_t i = 0; i < PRIMES; i++) {
		EVP_PKEY *key = keygen_rsa_pair(i, i + 1);

		assert_int_equal(EVP_PKEY_get_bits(key), 2048);
		EVP_PKEY_free(key);
	}
}

static void
without_a_seed_keys_are_fresh(void **state)
{
	int again = 0;

	(void)state;
	/* one pair of primes in some two thousand: once may be chance */
	for (int i = 0; i < 3; i++)
		again += same(keygen_rsa(NULL, "a"), keygen_rsa(NULL, "a"));
	assert_true(again < 3);
	assert_false(same(keygen_ec(NULL, "a"), keygen_ec(NULL, "a")));
	assert_false(same(keygen_curve(NULL, "a", "P-521"), keygen_curve(NULL, "a", "P-521")));
	assert_false(same(keygen_ed(NULL, "a", "ED25519"), keygen_ed(NULL, "a", "ED25519")));
}

static void
there_is_no_key_on_a_curve_that_there_is_not(void **state)
{
	(void)state;
	assert_null(keygen_curve(NULL, "a", "P-257"));
	assert_null(keygen_curve(NULL, "a", ""));
	assert_null(keygen_ed(NULL, "a", "ED1"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_seed_and_use_make_one_good_key),
		cmocka_unit_test(an_rsa_key_has_the_usual_size_whatever_its_primes),
		cmocka_unit_test(without_a_seed_keys_are_fresh),
		cmocka_unit_test(there_is_no_key_on_a_curve_that_there_is_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
