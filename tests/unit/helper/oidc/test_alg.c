/* The table of algorithms. */
#include "config.h"

#include "helper/oidc/alg.h"
#include "tests/support/unit.h"

static void
offers_rs256_and_es256(void **state)
{
	(void)state;
	assert_string_equal(alg_find("RS256")->kty, "RSA");
	assert_string_equal(alg_find("ES256")->crv, "P-256");
	assert_string_equal(alg_for_curve("P-256")->group, "prime256v1");
}

/* C-075, C-104, C-105, H-23 */
static void
knows_no_other_spelling_no_hmac_and_never_none(void **state)
{
	static const char *const names[] = { "", "none", "None", "nOnE", "none ", "HS256", "HS384",
		"HS512", "rs256", "RS256 ", "RS1", "ES256K", "es256" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_null(alg_find(names[i]));
	assert_null(alg_for_curve(""));
	assert_null(alg_for_curve("secp256k1"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offers_rs256_and_es256),
		cmocka_unit_test(knows_no_other_spelling_no_hmac_and_never_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
