/* Keys of a seed, and fresh ones. */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "mock_idp/jose/keygen.h"
#include "tests/support/unit.h"

/* Both are good keys; they are the same, or not. */
static bool
same(EVP_PKEY *a, EVP_PKEY *b)
{
	EVP_PKEY *both[] = { a, b };
	bool equal;

	for (int i = 0; i < 2; i++) {
		EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(both[i], NULL);

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
	const uint64_t seed = 1, other = 2;

	(void)state;
	assert_true(same(keygen_rsa(&seed, "a"), keygen_rsa(&seed, "a")));
	assert_false(same(keygen_rsa(&seed, "a"), keygen_rsa(&other, "a")));
	assert_true(same(keygen_ec(&seed, "a"), keygen_ec(&seed, "a")));
	assert_false(same(keygen_ec(&seed, "a"), keygen_ec(&seed, "b")));
}

static void
a_seeds_rsa_key_has_the_usual_size(void **state)
{
	const uint64_t seed = 99;
	EVP_PKEY *key = keygen_rsa(&seed, "a");

	(void)state;
	assert_int_equal(EVP_PKEY_get_bits(key), 2048);
	EVP_PKEY_free(key);
}

static void
without_a_seed_keys_are_fresh(void **state)
{
	(void)state;
	assert_false(same(keygen_rsa(NULL, "a"), keygen_rsa(NULL, "a")));
	assert_false(same(keygen_ec(NULL, "a"), keygen_ec(NULL, "a")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_seed_and_use_make_one_good_key),
		cmocka_unit_test(a_seeds_rsa_key_has_the_usual_size),
		cmocka_unit_test(without_a_seed_keys_are_fresh),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
