/* RSA keys that no relying party should take: each is bad in the way that its name says, and signs
 * all the same. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/unfit.h"
#include "tests/support/unit.h"

static const struct row {
	const char *name;
	int bits;
	BN_ULONG e;
} rows[] = {
	{ "rsa512", 512, 65537 },
	{ "rsa1024", 1024, 65537 },
	{ "rsa2047", 2047, 65537 },
	{ "rsa16384", 16384, 65537 },
	{ "rsa-e1", 2048, 1 },
	{ "rsa-e3", 2048, 3 },
	{ "rsa-even", 2048, 65537 },
	{ "rsa-roca", 2048, 65537 },
};

/* m^(d * e) is m again. */
static bool
turns_back(const BIGNUM *n, const BIGNUM *e, const BIGNUM *d)
{
	BN_CTX *ctx = BN_CTX_new();
	BIGNUM *m = BN_new();
	bool same;

	assert_int_equal(BN_set_word(m, 123456789), 1);
	assert_int_equal(BN_mod_exp(m, m, d, n, ctx), 1);
	assert_int_equal(BN_mod_exp(m, m, e, n, ctx), 1);
	same = BN_is_word(m, 123456789);
	BN_free(m);
	BN_CTX_free(ctx);
	return same;
}

static void
each_is_what_its_name_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *jwk = unfit_jwk(rows[i].name);
		BIGNUM *n = jwkread_number(jwk, "n"), *e = jwkread_number(jwk, "e"),
		       *d = jwkread_number(jwk, "d");

		assert_int_equal(BN_num_bits(n), rows[i].bits);
		assert_true(BN_is_word(e, rows[i].e));
		assert_int_equal(BN_is_odd(n), strcmp(rows[i].name, "rsa-even") != 0);
		assert_true(turns_back(n, e, d));
		BN_free(n);
		BN_free(e);
		BN_free(d);
		json_decref(jwk);
	}
}

/* The mark of CVE-2017-15361: modulo small primes, n is a power of 65537. */
static bool
is_roca(const BIGNUM *n)
{
	static const unsigned small[] = { 11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109,
		127, 151, 157 };

	for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++) {
		unsigned p = small[i], have = (unsigned)BN_mod_word(n, p), power = 1;
		bool found = false;

		for (unsigned k = 0; k < p && !found; k++) {
			found = power == have;
			power = power * (65537 % p) % p;
		}
		if (!found)
			return false;
	}
	return true;
}

static void
one_alone_has_the_mark_of_roca(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *jwk = unfit_jwk(rows[i].name);
		BIGNUM *n = jwkread_number(jwk, "n");

		assert_int_equal(is_roca(n), strcmp(rows[i].name, "rsa-roca") == 0);
		BN_free(n);
		json_decref(jwk);
	}
}

static void
there_is_none_of_another_name(void **state)
{
	(void)state;
	assert_null(unfit_jwk("rs256"));
	assert_null(unfit_jwk(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_what_its_name_says),
		cmocka_unit_test(one_alone_has_the_mark_of_roca),
		cmocka_unit_test(there_is_none_of_another_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
