/* Client assertions: what stands in them, and that others than libjwt verify them. */
#include "config.h"

#include <openssl/hmac.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "helper/oidc/assertion.h"
#include "helper/oidc/compact.h"
#include "helper/oidc/json.h"
#include "helper/oidc/jwks.h"
#include "tests/support/mint.h"
#include "tests/support/pem.h"
#include "tests/support/unit.h"

#define NOW 1800000000
#define SECRET "jwt-secret-of-32-characters-or-so"
#define PART 2048

static struct assertion
sample(const struct client_key *key)
{
	return (struct assertion){ .key = key,
		.secret = SECRET,
		.client_id = "linux-key",
		.audience = "https://idp.example",
		.now = NOW };
}

static struct client_key *
key_of(EVP_PKEY *k)
{
	struct client_key *key = NULL;
	char *pem = pem_of(k, PEM_PKCS8);

	assert_int_equal(client_key_read(&key, pem, NULL), E_OK);
	free(pem);
	return key;
}

/* The n-th segment as an object. */
static json_t *
part(const char *token, unsigned n)
{
	uint8_t raw[PART];
	json_t *o = NULL;
	size_t len;

	while (n-- > 0)
		token = strchr(token, '.') + 1;
	assert_true(b64url_decode(raw, sizeof(raw), &len, token, strcspn(token, ".")));
	assert_int_equal(json_read(&o, raw, len, sizeof(raw), E_TOK, "t", NULL), E_OK);
	return o;
}

static const char *
text(const json_t *o, const char *name)
{
	return json_string_value(json_object_get(o, name));
}

static long
number(const json_t *o, const char *name)
{
	return (long)json_integer_value(json_object_get(o, name));
}

static char *
made(const struct assertion *a)
{
	struct err e = { .code = E_OK };
	char *token = NULL;

	if (assertion_make(&token, a, &e) != E_OK)
		fail_msg("%s", e.text);
	return token;
}

/* RFC 7523 section 3 */
static void
it_says_who_to_whom_and_for_how_long(void **state)
{
	struct assertion a = sample(NULL);
	char *token = made(&a);
	json_t *header = part(token, 0), *claims = part(token, 1);

	(void)state;
	assert_string_equal(text(header, "alg"), "HS256");
	assert_string_equal(text(header, "typ"), "JWT");
	assert_null(json_object_get(header, "kid"));
	assert_string_equal(text(claims, "iss"), "linux-key");
	assert_string_equal(text(claims, "sub"), "linux-key");
	assert_string_equal(text(claims, "aud"), "https://idp.example");
	assert_int_equal(number(claims, "iat"), NOW - 10);
	assert_int_equal(number(claims, "exp"), NOW + 50);
	assert_int_equal(strlen(text(claims, "jti")), 32);
	assert_int_equal(json_object_size(claims), 6);
	json_decref(header);
	json_decref(claims);
	secmem_freestr(token);
}

static void
no_two_have_the_same_jti(void **state)
{
	struct assertion a = sample(NULL);
	char *one = made(&a), *two = made(&a);
	json_t *x = part(one, 1), *y = part(two, 1);

	(void)state;
	assert_string_not_equal(text(x, "jti"), text(y, "jti"));
	json_decref(x);
	json_decref(y);
	secmem_freestr(one);
	secmem_freestr(two);
}

static void
a_secret_signs_by_hmac(void **state)
{
	struct assertion a = sample(NULL);
	char *token = made(&a), *dot = strrchr(token, '.');
	uint8_t sig[64], mac[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	size_t n;

	(void)state;
	assert_true(b64url_decode(sig, sizeof(sig), &n, dot + 1, strlen(dot + 1)));
	assert_non_null(HMAC(EVP_sha256(), SECRET, sizeof(SECRET) - 1, (const uint8_t *)token,
	    (size_t)(dot - token), mac, &len));
	assert_int_equal(n, len);
	assert_memory_equal(sig, mac, len);
	secmem_freestr(token);
}

/* Our own verifier, which shares no code with what signs. */
static void
verifies(EVP_PKEY *k, const char *crv, const char *alg)
{
	static char rs256[] = "RS256", es256[] = "ES256";
	char *list[] = { rs256, es256 };
	const struct strlist algs = { list, 2 };
	struct client_key *key = key_of(k);
	struct assertion a = sample(key);
	char *jwk = mint_jwk(k, crv, "\"kid\":\"k1\""), *set = mint_jwks(jwk, NULL), *token;
	struct jwks *keys = NULL;
	struct compact c;
	json_t *header;

	a.key_id = "k1";
	token = made(&a);
	header = part(token, 0);
	assert_string_equal(text(header, "alg"), alg);
	assert_string_equal(text(header, "kid"), "k1");
	assert_int_equal(jwks_parse(&keys, set, strlen(set), NULL), E_OK);
	assert_int_equal(compact_open(&c, token, keys, &algs, NULL), E_OK);
	compact_clear(&c);
	json_decref(header);
	jwks_free(keys);
	secmem_freestr(token);
	client_key_free(key);
	free(set);
	free(jwk);
	EVP_PKEY_free(k);
}

static void
a_key_signs_as_its_type_can(void **state)
{
	(void)state;
	verifies(mint_rsa(2048), NULL, "RS256");
	/* many, since a coordinate or a half of the signature begins with zeros now and then */
	for (unsigned i = 0; i < 200; i++)
		verifies(mint_ec("P-256"), "P-256", "ES256");
}

/* libjwt signs with an empty key, too */
static void
a_short_secret_signs_nothing(void **state)
{
	static const char whole[] = "a-secret-of-32-characters-......",
	                  *const less[] = { "", whole + 1 };
	struct assertion a = sample(NULL);
	struct err e;
	char *token = NULL;

	(void)state;
	a.secret = whole;
	secmem_freestr(made(&a));
	for (size_t i = 0; i < 2; i++) {
		e = (struct err){ .code = E_OK };
		a.secret = less[i];
		assert_int_equal(assertion_make(&token, &a, &e), E_CFG);
		assert_string_equal(e.reason, "cfg.secret");
		assert_null(token);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_says_who_to_whom_and_for_how_long),
		cmocka_unit_test(no_two_have_the_same_jti),
		cmocka_unit_test(a_secret_signs_by_hmac),
		cmocka_unit_test(a_key_signs_as_its_type_can),
		cmocka_unit_test(a_short_secret_signs_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
