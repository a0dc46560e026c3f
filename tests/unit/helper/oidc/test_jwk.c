/* One JSON Web Key. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>

#include "helper/oidc/jwk.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

/* A number of so many bits without a meaning; its ends are what the checks look at. */
static char *
modulus(size_t bits, uint8_t last, size_t zeros)
{
	size_t len = (bits + 7) / 8;
	uint8_t *p = calloc(1, len + zeros);
	char *s;

	assert_non_null(p);
	memset(p + zeros, 0x5a, len);
	p[zeros] = (uint8_t)(1U << ((bits - 1) % 8));
	p[zeros + len - 1] = last;
	s = mint_b64(p, len + zeros);
	free(p);
	return s;
}

static void
parse(struct jwk *k, const char *json)
{
	json_t *o = json_loads(json, 0, NULL);

	assert_non_null(o);
	assert_int_equal(jwk_parse(k, o, NULL), E_OK);
	json_decref(o);
}

/* reason NULL: a key comes of it */
static void
judged(const char *json, const char *reason)
{
	struct jwk k;

	parse(&k, json);
	assert_true((k.pkey != NULL) == (reason == NULL));
	assert_string_equal(k.why.reason, reason == NULL ? "" : reason);
	jwk_clear(&k);
}

static void
rsa(char *n, const char *e, const char *reason)
{
	char json[2400];

	(void)snprintf(json, sizeof(json), "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\"}", n, e);
	judged(json, reason);
	free(n);
}

/* C-119 jwks.rsa.*, H-27; providers.md rule 20 */
static void
takes_rsa_keys_that_somebody_would_make(void **state)
{
	(void)state;
	rsa(modulus(2048, 0x5b, 0), "AQAB", NULL);
	rsa(modulus(2048, 0x5b, 1), "AAEAAQ", NULL);
	rsa(modulus(8192, 0x5b, 0), "Aw", NULL);
	rsa(modulus(3072, 0x5b, 0), "_____w", NULL);
	rsa(modulus(2047, 0x5b, 0), "AQAB", "jwks.rsa.size");
	rsa(modulus(2047, 0x5b, 9), "AQAB", "jwks.rsa.size");
	rsa(modulus(1024, 0x5b, 0), "AQAB", "jwks.rsa.size");
	rsa(modulus(512, 0x5b, 0), "AQAB", "jwks.rsa.size");
	rsa(modulus(8193, 0x5b, 0), "AQAB", "jwks.rsa.size");
	rsa(modulus(8192 + 512, 0x5b, 0), "AQAB", "jwks.size");
	rsa(modulus(2048, 0x5a, 0), "AQAB", "jwks.rsa.even");
	rsa(modulus(2048, 0x5b, 0), "AQ", "jwks.rsa.e");
	rsa(modulus(2048, 0x5b, 0), "Ag", "jwks.rsa.e");
	rsa(modulus(2048, 0x5b, 0), "AA", "jwks.rsa.e");
	rsa(modulus(2048, 0x5b, 0), "AQAA", "jwks.rsa.e");
	rsa(modulus(2048, 0x5b, 0), "AQAAAAE", "jwks.rsa.e");
	rsa(modulus(2048, 0x5b, 0), "AQAB==", "jwks.b64");
	rsa(modulus(2048, 0x5b, 0), "AQ AB", "jwks.b64");
	rsa(mint_b64("", 0), "AQAB", "jwks.rsa.size");
}

/* C-119 jwks.rsa.roca, H-27: a modulus of that form, and its neighbour */
static void
refuses_an_rsa_key_of_a_faulty_chip(void **state)
{
	BIGNUM *n = BN_new(), *g = BN_new(), *k = BN_new();
	BN_CTX *ctx = BN_CTX_new();
	uint8_t raw[300];

	(void)state;
	assert_int_equal(BN_set_word(g, 65537), 1);
	assert_int_equal(BN_set_word(k, 128), 1);
	assert_int_equal(BN_exp(n, g, k, ctx), 1);
	rsa(mint_b64(raw, (size_t)BN_bn2bin(n, raw)), "AQAB", "jwks.rsa.roca");
	assert_int_equal(BN_add_word(n, 2), 1);
	rsa(mint_b64(raw, (size_t)BN_bn2bin(n, raw)), "AQAB", NULL);
	BN_free(n);
	BN_free(g);
	BN_free(k);
	BN_CTX_free(ctx);
}

/* C-125 idt.ed.* */
static void
takes_an_ed25519_key_of_32_octets(void **state)
{
	static const struct {
		const char *crv;
		size_t len;
		const char *reason;
	} cases[] = { { "Ed25519", 32, NULL }, { "Ed25519", 31, "jwks.okp.size" },
		{ "Ed25519", 33, "jwks.okp.size" }, { "Ed25519", 0, "jwks.okp.size" },
		{ "Ed448", 57, "jwks.unknown" }, { "X25519", 32, "jwks.unknown" },
		{ "P-256", 32, "jwks.unknown" } };
	uint8_t raw[57] = { 9 };
	char json[256];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *x = mint_b64(raw, cases[i].len);

		(void)snprintf(json, sizeof(json), "{\"kty\":\"OKP\",\"crv\":\"%s\",\"x\":\"%s\"}",
		    cases[i].crv, x);
		judged(json, cases[i].reason);
		free(x);
	}
	judged("{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}", "jwks.incomplete");
	judged("{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
	       "\"x\":\"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
	    "jwks.okp.point");
}

static void
ec(const char *crv, const uint8_t *x, size_t xl, const uint8_t *y, size_t yl, const char *reason)
{
	char *xs = mint_b64(x, xl), *ys = mint_b64(y, yl), json[512];

	(void)snprintf(json, sizeof(json),
	    "{\"kty\":\"EC\",\"crv\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}", crv, xs, ys);
	judged(json, reason);
	free(xs);
	free(ys);
}

/* The base point of P-256, and the field's prime. */
static const uint8_t gx[33] = { 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6,
	0xe5, 0x63, 0xa4, 0x40, 0xf2, 0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1,
	0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96 };
static const uint8_t gy[33] = { 0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb,
	0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6,
	0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5 };
static const uint8_t p256[32] = { 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

/* C-120 jwks.ec.*, H-28 */
static void
takes_points_of_full_length_on_their_curve(void **state)
{
	static const uint8_t zero[32] = { 0 };

	(void)state;
	ec("P-256", gx, 32, gy, 32, NULL);
	ec("P-256", gy, 32, gx, 32, "jwks.ec.point");
	ec("P-256", gx, 32, gx, 32, "jwks.ec.point");
	ec("P-256", zero, 32, zero, 32, "jwks.ec.point");
	ec("P-256", p256, 32, gy, 32, "jwks.ec.point");
	ec("P-256", gx, 31, gy, 32, "jwks.ec.size");
	ec("P-256", gx, 33, gy, 32, "jwks.ec.size");
	ec("P-256", gx, 32, gy, 33, "jwks.ec.size");
	ec("P-256", gx, 31, gy, 33, "jwks.ec.size");
	ec("P-256", gx, 0, gy, 32, "jwks.ec.size");
	ec("secp256k1", gx, 32, gy, 32, "jwks.unknown");
	ec("P-224", gx, 32, gy, 32, "jwks.unknown");
	ec("p-256", gx, 32, gy, 32, "jwks.unknown");
	ec("", gx, 32, gy, 32, "jwks.unknown");
}

/* OpenSSL's own judgement, which the import has made already with these curves; a version that
 * makes none is played here. */
static bool points_are_bad;

int
EVP_PKEY_public_check(EVP_PKEY_CTX *ctx)
{
	return points_are_bad ? 0 : EVP_PKEY_public_check_quick(ctx);
}

/* C-120 */
static void
asks_openssl_about_the_point_of_its_own_accord(void **state)
{
	(void)state;
	points_are_bad = true;
	ec("P-256", gx, 32, gy, 32, "jwks.ec.point");
	points_are_bad = false;
	ec("P-256", gx, 32, gy, 32, NULL);
}

/* C-115 */
static void
knows_what_it_cannot_use(void **state)
{
	(void)state;
	judged("{}", "jwks.unknown");
	judged("{\"kty\":5}", "jwks.unknown");
	judged("{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"AA\"}", "jwks.unknown");
	judged("{\"kty\":\"rsa\",\"n\":\"AA\",\"e\":\"AQAB\"}", "jwks.unknown");
	judged("{\"kty\":\"RSA\"}", "jwks.incomplete");
	judged("{\"kty\":\"RSA\",\"n\":\"AQ\"}", "jwks.incomplete");
	judged("{\"kty\":\"RSA\",\"n\":5,\"e\":\"AQAB\"}", "jwks.incomplete");
	judged("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\"}", "jwks.incomplete");
}

/* C-118 jwks.{oct,private} */
static void
calls_out_published_secrets(void **state)
{
	static const char *const bad[][2] = { { "{\"kty\":\"oct\",\"k\":\"AA\"}", "jwks.oct" },
		{ "{\"kty\":\"oct\"}", "jwks.oct" }, { "{\"k\":\"AA\"}", "jwks.private" },
		{ "{\"kty\":\"RSA\",\"d\":\"AA\"}", "jwks.private" },
		{ "{\"kty\":\"RSA\",\"p\":\"AA\"}", "jwks.private" },
		{ "{\"kty\":\"RSA\",\"q\":\"AA\"}", "jwks.private" },
		{ "{\"kty\":\"RSA\",\"dp\":\"AA\"}", "jwks.private" },
		{ "{\"kty\":\"RSA\",\"dq\":\"AA\"}", "jwks.private" },
		{ "{\"kty\":\"RSA\",\"qi\":\"AA\"}", "jwks.private" },
		{ "{\"kty\":\"RSA\",\"oth\":[]}", "jwks.private" },
		{ "{\"kty\":\"EC\",\"d\":null}", "jwks.private" },
		{ "{\"kty\":\"OKP\",\"d\":\"AA\"}", "jwks.private" } };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		json_t *o = json_loads(bad[i][0], 0, NULL);
		struct err e = { .code = E_OK };
		struct jwk k;

		assert_int_equal(jwk_parse(&k, o, &e), E_KEYS);
		assert_string_equal(e.reason, bad[i][1]);
		json_decref(o);
	}
}

static const char *
unfit(EVP_PKEY *pkey, const char *crv, const char *more, const char *alg)
{
	char *json = mint_jwk(pkey, crv, more);
	const char *reason;
	struct jwk k;

	parse(&k, json);
	reason = jwk_unfit(&k, alg_find(alg));
	jwk_clear(&k);
	free(json);
	return reason;
}

/* C-114 jwks.{use-enc,ops-enc,alg-mm,kty-mm,crv-mm}, C-126 */
static void
every_conflict_of_members_excludes_a_key(void **state)
{
	EVP_PKEY *p256_key = mint_ec("prime256v1"), *rsa_key = mint_rsa(2048);

	(void)state;
	assert_null(unfit(rsa_key, NULL, NULL, "RS256"));
	assert_null(unfit(rsa_key, NULL,
	    "\"use\":\"sig\",\"key_ops\":[\"sign\",\"verify\"],\"alg\":\"RS256\"", "RS256"));
	assert_null(unfit(rsa_key, NULL, "\"use\":null,\"alg\":null", "RS256"));
	assert_null(unfit(p256_key, "P-256", "\"alg\":\"ES256\"", "ES256"));
	assert_string_equal(unfit(p256_key, "P-256", NULL, "RS256"), "jwks.kty-mm");
	assert_string_equal(unfit(rsa_key, NULL, NULL, "ES256"), "jwks.kty-mm");
	assert_string_equal(unfit(p256_key, "P-384", NULL, "ES256"), "jwks.crv-mm");
	assert_string_equal(unfit(rsa_key, NULL, "\"alg\":\"RS512\"", "RS256"), "jwks.alg-mm");
	assert_string_equal(unfit(rsa_key, NULL, "\"alg\":\"rs256\"", "RS256"), "jwks.alg-mm");
	assert_string_equal(unfit(rsa_key, NULL, "\"use\":\"enc\"", "RS256"), "jwks.use-enc");
	assert_string_equal(
	    unfit(rsa_key, NULL, "\"key_ops\":[\"encrypt\"]", "RS256"), "jwks.ops-enc");
	assert_string_equal(unfit(rsa_key, NULL, "\"key_ops\":[]", "RS256"), "jwks.ops-enc");
	assert_non_null(unfit(rsa_key, NULL, "\"use\":5", "RS256"));
	assert_non_null(unfit(rsa_key, NULL, "\"key_ops\":\"verify\"", "RS256"));
	EVP_PKEY_free(p256_key);
	EVP_PKEY_free(rsa_key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_rsa_keys_that_somebody_would_make),
		cmocka_unit_test(refuses_an_rsa_key_of_a_faulty_chip),
		cmocka_unit_test(takes_an_ed25519_key_of_32_octets),
		cmocka_unit_test(takes_points_of_full_length_on_their_curve),
		cmocka_unit_test(asks_openssl_about_the_point_of_its_own_accord),
		cmocka_unit_test(knows_what_it_cannot_use),
		cmocka_unit_test(calls_out_published_secrets),
		cmocka_unit_test(every_conflict_of_members_excludes_a_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
