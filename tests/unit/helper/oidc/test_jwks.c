/* Sets of keys, and the one key. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/oidc/jwk.h"
#include "helper/oidc/jwks.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

static EVP_PKEY *rsa1, *rsa2, *ec1;

static int
make_keys(void **state)
{
	(void)state;
	rsa1 = mint_rsa(2048);
	rsa2 = mint_rsa(2048);
	ec1 = mint_ec("prime256v1");
	return 0;
}

static int
drop_keys(void **state)
{
	(void)state;
	EVP_PKEY_free(rsa1);
	EVP_PKEY_free(rsa2);
	EVP_PKEY_free(ec1);
	return 0;
}

/* A set of up to two keys; both strings are consumed. */
static struct jwks *
set_of(char *a, char *b)
{
	char *json = mint_jwks(a, b);
	struct jwks *s = NULL;

	assert_int_equal(jwks_parse(&s, json, strlen(json), NULL), E_OK);
	free(json);
	free(a);
	free(b);
	return s;
}

static char *
copy(const char *s)
{
	return strdup(s);
}

/* want: the key that must be found, or NULL and the reason of the refusal */
static void
find(struct jwks *s, const char *alg, const char *kid, const EVP_PKEY *want, const char *reason)
{
	struct err e = { .code = E_OK };
	const struct jwk *k = NULL;

	assert_int_equal(jwks_find(&k, s, alg, kid, &e), want != NULL ? E_OK : E_KEYS);
	assert_string_equal(e.reason, reason);
	assert_true((k != NULL) == (want != NULL));
	if (want != NULL)
		assert_int_equal(EVP_PKEY_eq(k->pkey, want), 1);
	jwks_free(s);
}

/* C-111, C-112 jws.kid.unknown, H-26 */
static void
finds_the_key_of_the_exact_name(void **state)
{
	char *r1 = mint_jwk(rsa1, NULL, "\"kid\":\"one\""),
	     *r2 = mint_jwk(rsa2, NULL, "\"kid\":\"two\"");

	(void)state;
	find(set_of(copy(r1), copy(r2)), "RS256", "one", rsa1, "");
	find(set_of(copy(r1), copy(r2)), "RS256", "two", rsa2, "");
	find(set_of(copy(r1), copy(r2)), "RS256", "One", NULL, "jws.kid.unknown");
	find(set_of(copy(r1), copy(r2)), "RS256", "on", NULL, "jws.kid.unknown");
	find(set_of(copy(r1), copy(r2)), "RS256", "../../dev/null", NULL, "jws.kid.unknown");
	find(set_of(copy(r1), copy(r2)), "HS256", "one", NULL, "idt.alg");
	free(r1);
	free(r2);
}

/* C-113 jwks.nokid.{1,2} */
static void
without_a_name_there_must_be_one_fit_key(void **state)
{
	char *r1 = mint_jwk(rsa1, NULL, "\"kid\":\"one\""), *r2 = mint_jwk(rsa2, NULL, NULL),
	     *e1 = mint_jwk(ec1, "P-256", NULL), *enc = mint_jwk(rsa2, NULL, "\"use\":\"enc\"");

	(void)state;
	find(set_of(copy(r1), NULL), "RS256", NULL, rsa1, "");
	find(set_of(copy(r1), copy(e1)), "RS256", NULL, rsa1, "");
	find(set_of(copy(r1), copy(e1)), "ES256", NULL, ec1, "");
	find(set_of(copy(r1), copy(enc)), "RS256", NULL, rsa1, "");
	find(set_of(copy(r1), copy(r2)), "RS256", NULL, NULL, "jwks.nokid");
	find(set_of(copy(r1), NULL), "ES256", NULL, NULL, "jwks.none");
	find(set_of(copy(enc), NULL), "RS256", NULL, NULL, "jwks.none");
	free(r1);
	free(r2);
	free(e1);
	free(enc);
}

/* C-117 jwks.dupkid, providers.md rule 7, H-26 */
static void
two_keys_of_one_name_refuse_only_if_both_fit_and_differ(void **state)
{
	char *r1 = mint_jwk(rsa1, NULL, "\"kid\":\"k\""),
	     *r2 = mint_jwk(rsa2, NULL, "\"kid\":\"k\""),
	     *e1 = mint_jwk(ec1, "P-256", "\"kid\":\"k\""),
	     *enc = mint_jwk(rsa2, NULL, "\"kid\":\"k\",\"use\":\"enc\""),
	     *same = mint_jwk(rsa1, NULL, "\"kid\":\"k\",\"alg\":\"RS256\"");

	(void)state;
	find(set_of(copy(r1), copy(r2)), "RS256", "k", NULL, "jwks.dupkid");
	find(set_of(copy(r1), copy(enc)), "RS256", "k", rsa1, "");
	find(set_of(copy(enc), copy(r1)), "RS256", "k", rsa1, "");
	find(set_of(copy(r1), copy(e1)), "RS256", "k", rsa1, "");
	find(set_of(copy(r1), copy(e1)), "ES256", "k", ec1, "");
	find(set_of(copy(r1), copy(same)), "RS256", "k", rsa1, "");
	free(r1);
	free(r2);
	free(e1);
	free(enc);
	free(same);
}

/* C-114, C-115, C-119: the reason is the key's own, and other keys go on working */
static void
a_useless_key_says_why_and_harms_no_other(void **state)
{
	char *r1 = mint_jwk(rsa1, NULL, "\"kid\":\"one\"");
	static const char weak[] = "{\"kty\":\"RSA\",\"kid\":\"w\",\"n\":\"AQAB\",\"e\":\"AQAB\"}";
	static const char okp[] =
	    "{\"kty\":\"OKP\",\"kid\":\"o\",\"crv\":\"Ed25519\",\"x\":\"AA\"}";

	(void)state;
	find(set_of(copy(weak), copy(r1)), "RS256", "one", rsa1, "");
	find(set_of(copy(weak), copy(r1)), "RS256", NULL, rsa1, "");
	find(set_of(copy(weak), copy(r1)), "RS256", "w", NULL, "jwks.rsa.size");
	find(set_of(copy(okp), copy(r1)), "RS256", "o", NULL, "jwks.kty-mm");
	find(set_of(copy(r1), NULL), "ES256", "one", NULL, "jwks.kty-mm");
	free(r1);
}

static void
refused(const char *json, size_t len, const char *reason)
{
	struct err e = { .code = E_OK };
	struct jwks *s = NULL;

	assert_int_equal(jwks_parse(&s, json, len, &e), E_KEYS);
	assert_string_equal(e.reason, reason);
	assert_null(s);
}

#define assert_refused(json, reason) refused((json), strlen(json), (reason))

/* C-116, C-118, C-130, H-15, H-21 */
static void
refuses_what_is_no_set_of_public_keys(void **state)
{
	char *r1 = mint_jwk(rsa1, NULL, NULL), *with_oct;
	char *big = calloc(1, JWKS_MAX + 1);

	(void)state;
	with_oct = mint_jwks(r1, "{\"kty\":\"oct\",\"k\":\"AA\"}");
	assert_refused(with_oct, "jwks.oct");
	free(with_oct);
	with_oct = mint_jwks(r1, "{\"kty\":\"EC\",\"d\":\"AA\"}");
	assert_refused(with_oct, "jwks.private");
	free(with_oct);
	free(r1);
	assert_refused("{}", "jwks.nokeys");
	assert_refused("{\"keys\":null}", "jwks.nokeys");
	assert_refused("{\"keys\":{}}", "jwks.nokeys");
	assert_refused("{\"keys\":[null]}", "jwks.type");
	assert_refused("{\"keys\":[\"x\"]}", "jwks.type");
	assert_refused("{\"keys\":[],\"keys\":[]}", "jwks.dup");
	assert_refused("{\"keys\":[{\"kty\":\"RSA\",\"kty\":\"RSA\"}]}", "jwks.dup");
	assert_refused("[]", "jwks.json");
	assert_refused("<html>", "jwks.json");
	refused(big, JWKS_MAX + 1, "jwks.size");
	free(big);
}

/* C-130 jwks.10k */
static void
takes_64_keys_and_no_more(void **state)
{
	char json[16 + 3 * 65] = "{\"keys\":[{}";
	size_t at = strlen(json);
	struct jwks *s = NULL;

	(void)state;
	for (size_t i = 1; i < 64; i++, at += 3)
		memcpy(json + at, ",{}", 3);
	memcpy(json + at, "]}", 3);
	assert_int_equal(jwks_parse(&s, json, strlen(json), NULL), E_OK);
	jwks_free(s);
	memcpy(json + at, ",{}]}", 6);
	assert_refused(json, "jwks.many");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_key_of_the_exact_name),
		cmocka_unit_test(without_a_name_there_must_be_one_fit_key),
		cmocka_unit_test(two_keys_of_one_name_refuse_only_if_both_fit_and_differ),
		cmocka_unit_test(a_useless_key_says_why_and_harms_no_other),
		cmocka_unit_test(refuses_what_is_no_set_of_public_keys),
		cmocka_unit_test(takes_64_keys_and_no_more),
	};
	return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
