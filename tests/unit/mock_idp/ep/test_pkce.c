/* PKCE, with the example of RFC 7636 appendix B. */
#include "config.h"

#include <stdio.h>

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

/* Too short, too long, of other characters: the hash would fit. RFC 7636 section 4.1. */
static void
a_verifier_has_its_form(void **state)
{
	static const char a64[] =
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	char longest[130];

	(void)state;
	(void)snprintf(longest, sizeof(longest), "%s%s", a64, a64);
	assert_true(pkce_fits("aDbPE7rEAOkQUHHNavRwhN-srU5eMCyUv-0k4BOvtz4", longest));
	(void)snprintf(longest, sizeof(longest), "%s%sa", a64, a64);
	assert_false(pkce_fits("wSywJKLlVRzKDgj86PHF4xRVXMP-9jKe6ZSj23UhZq4", longest));
	assert_false(pkce_fits("MzGuVmuCfiyhtA8T4e8WBVUlbW1KtArN4Sk-n-PRX_s",
	    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX"));
	assert_false(pkce_fits("20xwJMOrFO1xeQ7yiiV7MYQenAHee4IKa0W722ftl88", VERIFIER "="));
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
		cmocka_unit_test(a_verifier_has_its_form),
		cmocka_unit_test(one_without_the_other_is_wrong),
		cmocka_unit_test(a_challenge_is_a_hash_in_base64url),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
