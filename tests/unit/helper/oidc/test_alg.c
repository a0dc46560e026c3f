/* The table of algorithms. */
#include "config.h"

#include "helper/oidc/alg.h"
#include "tests/support/unit.h"

static void
binds_each_algorithm_to_a_key_type_and_a_curve(void **state)
{
	static const char *const rsa[] = { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" };

	(void)state;
	for (size_t i = 0; i < sizeof(rsa) / sizeof(rsa[0]); i++) {
		assert_string_equal(alg_find(rsa[i])->kty, "RSA");
		assert_string_equal(alg_find(rsa[i])->digest + 3, rsa[i] + 2);
		assert_true(alg_find(rsa[i])->pss == (rsa[i][0] == 'P'));
	}
	assert_string_equal(alg_find("ES256")->crv, "P-256");
	assert_string_equal(alg_find("ES384")->crv, "P-384");
	assert_string_equal(alg_find("ES512")->crv, "P-521");
	assert_string_equal(alg_find("EdDSA")->crv, "Ed25519");
	assert_string_equal(alg_for_curve("EC", "P-256")->group, "prime256v1");
	assert_string_equal(alg_for_curve("OKP", "Ed25519")->group, "ED25519");
}

/* C-075, C-104, C-105, H-23 */
static void
knows_no_other_spelling_no_hmac_and_never_none(void **state)
{
	static const char *const names[] = { "", "none", "None", "nOnE", "none ", "HS256", "HS384",
		"HS512", "eddsa", "Ed25519", "rs256", "RS256 ", "RS1", "ES256K", "es256" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_null(alg_find(names[i]));
	assert_null(alg_for_curve("EC", ""));
	assert_null(alg_for_curve("EC", "secp256k1"));
	assert_null(alg_for_curve("EC", "Ed25519"));
	assert_null(alg_for_curve("OKP", "P-256"));
	assert_null(alg_for_curve("OKP", "Ed448"));
	assert_null(alg_for_curve("OKP", "X25519"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(binds_each_algorithm_to_a_key_type_and_a_curve),
		cmocka_unit_test(knows_no_other_spelling_no_hmac_and_never_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
