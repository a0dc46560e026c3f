/* PKCE, with the example of RFC 7636 appendix B. */
#include "config.h"

#include "mock_idp/ep/pkce.h"
#include "tests/support/unit.h"

#define VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define CHALLENGE "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

static void
a_verifier_belongs_to_its_challenge(void **state)
{
	(void)state;
	assert_true(pkce_fits(CHALLENGE, VERIFIER));
	assert_false(pkce_fits(CHALLENGE, CHALLENGE));
	assert_false(pkce_fits(CHALLENGE, "short"));
	assert_false(pkce_fits(CHALLENGE, VERIFIER "="));
}

static void
one_without_the_other_is_wrong(void **state)
{
	(void)state;
	assert_true(pkce_fits(NULL, NULL));
	assert_false(pkce_fits(CHALLENGE, NULL));
	assert_false(pkce_fits(NULL, VERIFIER));
}

static void
a_challenge_is_a_hash_in_base64url(void **state)
{
	(void)state;
	assert_true(pkce_challenge_ok(CHALLENGE));
	assert_false(pkce_challenge_ok(CHALLENGE "A"));
	assert_false(pkce_challenge_ok("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"));
	assert_false(pkce_challenge_ok(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verifier_belongs_to_its_challenge),
		cmocka_unit_test(one_without_the_other_is_wrong),
		cmocka_unit_test(a_challenge_is_a_hash_in_base64url),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
