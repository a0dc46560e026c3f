/* Verifier and challenge. */
#include "config.h"

#include <string.h>

#include "helper/oidc/pkce.h"
#include "tests/support/unit.h"

#include <openssl/evp.h>

#include "common/b64url.h"

/* C-027: 43 unreserved characters, never the same */
static void
a_verifier_is_fresh_and_unreserved(void **state)
{
	static const char chars[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	struct pkce a, b;

	(void)state;
	assert_true(pkce_make(&a) && pkce_make(&b));
	assert_int_equal(strlen(a.verifier), 43);
	assert_int_equal(strspn(a.verifier, chars), 43);
	assert_string_not_equal(a.verifier, b.verifier);
	assert_string_not_equal(a.challenge, b.challenge);
}

/* C-028: S256 of the verifier's characters */
static void
the_challenge_is_the_hash_of_the_verifier(void **state)
{
	uint8_t md[32];
	char text[PKCE_SIZE];
	struct pkce p;

	(void)state;
	assert_true(pkce_make(&p));
	assert_int_equal(EVP_Digest(p.verifier, 43, md, NULL, EVP_sha256(), NULL), 1);
	b64url_encode(text, md, sizeof(md));
	assert_string_equal(p.challenge, text);
	pkce_clear(&p);
	assert_int_equal(p.verifier[0], 0);
	assert_int_equal(p.challenge[0], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verifier_is_fresh_and_unreserved),
		cmocka_unit_test(the_challenge_is_the_hash_of_the_verifier),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
