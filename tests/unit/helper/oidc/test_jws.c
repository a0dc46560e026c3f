/* Signatures. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include "helper/oidc/jws.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

static const uint8_t order[32] = { 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2,
	0xfc, 0x63, 0x25, 0x51 };

static struct signer {
	EVP_PKEY *pkey;
	struct jwk jwk;
	const struct alg *alg;
	char *input;
	uint8_t sig[MINT_SIG_MAX];
	size_t len;
} rs, es;

static void
prepare(struct signer *x, EVP_PKEY *pkey, const char *crv, const char *alg, const char *header)
{
	char *json = mint_jwk(pkey, crv, NULL);
	json_t *o = json_loads(json, 0, NULL);

	x->pkey = pkey;
	assert_int_equal(jwk_parse(&x->jwk, o, NULL), E_OK);
	x->alg = alg_find(alg);
	x->input = mint_input(header, "{\"sub\":\"alice\"}");
	x->len = mint_signature(x->sig, pkey, "SHA256", 0, x->input, strlen(x->input));
	json_decref(o);
	free(json);
}

static int
make_keys(void **state)
{
	(void)state;
	prepare(&rs, mint_rsa(2048), NULL, "RS256", "{\"alg\":\"RS256\"}");
	prepare(&es, mint_ec("prime256v1"), "P-256", "ES256", "{\"alg\":\"ES256\"}");
	return 0;
}

static int
drop_keys(void **state)
{
	(void)state;
	EVP_PKEY_free(rs.pkey);
	EVP_PKEY_free(es.pkey);
	jwk_clear(&rs.jwk);
	jwk_clear(&es.jwk);
	free(rs.input);
	free(es.input);
	return 0;
}

/* reason NULL: it verifies */
static void
verify(
    const struct signer *x, const char *input, const uint8_t *sig, size_t len, const char *reason)
{
	struct err e = { .code = E_OK };
	char *b64 = mint_b64(sig, len);
	struct jwthead h = { .alg = x->alg,
		.input = input,
		.input_len = strlen(input),
		.sig = b64,
		.sig_len = strlen(b64) };

	assert_int_equal(jws_verify(&h, x->alg, &x->jwk, &e), reason == NULL ? E_OK : E_TOK);
	assert_string_equal(e.reason, reason == NULL ? "" : reason);
	assert_int_equal(ERR_peek_error(), 0);
	free(b64);
}

/* C-110: over the received bytes */
static void
accepts_what_was_signed(void **state)
{
	(void)state;
	verify(&rs, rs.input, rs.sig, rs.len, NULL);
	verify(&es, es.input, es.sig, es.len, NULL);
}

/* C-073 idt.sig.flip */
static void
refuses_every_flipped_bit(void **state)
{
	struct signer *both[] = { &rs, &es };

	(void)state;
	for (size_t n = 0; n < 2; n++) {
		for (size_t i = 0; i < both[n]->len; i += 7) {
			both[n]->sig[i] ^= 1;
			verify(both[n], both[n]->input, both[n]->sig, both[n]->len, "idt.sig");
			both[n]->sig[i] ^= 1;
		}
		both[n]->input[3] ^= 1;
		verify(both[n], both[n]->input, both[n]->sig, both[n]->len, "idt.sig");
		both[n]->input[3] ^= 1;
	}
}

/* C-124 idt.rs.{short,long}, H-30 */
static void
an_rsa_signature_is_as_long_as_the_modulus(void **state)
{
	uint8_t sig[MINT_SIG_MAX] = { 0 };

	(void)state;
	memcpy(sig + 1, rs.sig, rs.len);
	verify(&rs, rs.input, sig, rs.len + 1, "idt.rs.size");
	verify(&rs, rs.input, rs.sig, rs.len - 1, "idt.rs.size");
	verify(&rs, rs.input, rs.sig, rs.len + 1, "idt.rs.size");
	verify(&rs, rs.input, rs.sig, 1, "idt.rs.size");
	verify(&rs, rs.input, rs.sig, 1028, "idt.rs.size");
}

/* H-30 */
static void
refuses_pss_and_other_digests_under_rs256(void **state)
{
	uint8_t sig[MINT_SIG_MAX];
	size_t len = mint_signature(sig, rs.pkey, "SHA256", 1, rs.input, strlen(rs.input));

	(void)state;
	verify(&rs, rs.input, sig, len, "idt.sig");
	len = mint_signature(sig, rs.pkey, "SHA512", 0, rs.input, strlen(rs.input));
	verify(&rs, rs.input, sig, len, "idt.sig");
}

/* C-121 idt.es.{der,short,long}, H-29 */
static void
an_es256_signature_has_64_octets(void **state)
{
	uint8_t der[MINT_SIG_MAX], wide[66] = { 0 };
	size_t len = sizeof(der);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	(void)state;
	assert_int_equal(EVP_DigestSignInit_ex(ctx, NULL, "SHA256", NULL, NULL, es.pkey, NULL), 1);
	assert_int_equal(
	    EVP_DigestSign(ctx, der, &len, (const uint8_t *)es.input, strlen(es.input)), 1);
	EVP_MD_CTX_free(ctx);
	verify(&es, es.input, der, len, "idt.es.size");
	verify(&es, es.input, es.sig, 63, "idt.es.size");
	memcpy(wide, es.sig, 64);
	verify(&es, es.input, wide, 65, "idt.es.size");
	memset(wide, 0, sizeof(wide));
	memcpy(wide + 1, es.sig, 32);
	memcpy(wide + 34, es.sig + 32, 32);
	verify(&es, es.input, wide, 66, "idt.es.size");
}

/* C-122 idt.es.{zero,n}, H-29: psychic signatures */
static void
refuses_r_and_s_outside_the_group(void **state)
{
	uint8_t sig[64] = { 0 };

	(void)state;
	verify(&es, es.input, sig, 64, "idt.sig");
	memcpy(sig, es.sig, 32);
	verify(&es, es.input, sig, 64, "idt.sig");
	memcpy(sig + 32, order, 32);
	verify(&es, es.input, sig, 64, "idt.sig");
	memcpy(sig, order, 32);
	verify(&es, es.input, sig, 64, "idt.sig");
	memset(sig, 0, 32);
	memcpy(sig + 32, es.sig + 32, 32);
	verify(&es, es.input, sig, 64, "idt.sig");
	memset(sig, 0xff, 64);
	verify(&es, es.input, sig, 64, "idt.sig");
}

/* H-29: JOSE has no low-s rule */
static void
accepts_the_other_s_too(void **state)
{
	BIGNUM *n = BN_bin2bn(order, 32, NULL), *s = BN_bin2bn(es.sig + 32, 32, NULL);
	uint8_t sig[64];

	(void)state;
	memcpy(sig, es.sig, 32);
	assert_int_equal(BN_sub(s, n, s), 1);
	assert_int_equal(BN_bn2binpad(s, sig + 32, 32), 32);
	verify(&es, es.input, sig, 64, NULL);
	BN_free(n);
	BN_free(s);
}

/* C-127: neither key is tried under the other's algorithm */
static void
refuses_a_key_of_another_type(void **state)
{
	struct err e = { .code = E_OK };
	char *b64 = mint_b64(rs.sig, rs.len);
	struct jwthead h = { .alg = rs.alg,
		.input = rs.input,
		.input_len = strlen(rs.input),
		.sig = b64,
		.sig_len = strlen(b64) };

	(void)state;
	assert_int_equal(jws_verify(&h, rs.alg, &es.jwk, &e), E_KEYS);
	assert_string_equal(e.reason, "jwks.kty-mm");
	e = (struct err){ .code = E_OK };
	assert_int_equal(jws_verify(&h, es.alg, &rs.jwk, &e), E_KEYS);
	assert_int_equal(jws_verify(&h, rs.alg, &rs.jwk, NULL), E_OK);
	free(b64);
}

/* One of OpenSSL's allocations fails: the one after so many more. */
static size_t until_failure = SIZE_MAX;

static bool
fails_now(void)
{
	return until_failure != SIZE_MAX && until_failure-- == 0;
}

static void *
scarce_malloc(size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return fails_now() ? NULL : malloc(n);
}

static void *
scarce_realloc(void *p, size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return fails_now() ? NULL : realloc(p, n);
}

static void
plain_free(void *p, const char *file, int line)
{
	(void)file;
	(void)line;
	free(p);
}

static enum errcode
verify_with_failure(const struct signer *x, size_t at)
{
	char *b64 = mint_b64(x->sig, x->len);
	struct jwthead h = { .alg = x->alg,
		.input = x->input,
		.input_len = strlen(x->input),
		.sig = b64,
		.sig_len = strlen(b64) };
	enum errcode r;

	until_failure = at;
	r = jws_verify(&h, x->alg, &x->jwk, NULL);
	until_failure = SIZE_MAX;
	free(b64);
	return r;
}

/* H-53: whatever allocation fails, a bad signature is never good */
static void
running_out_of_memory_never_verifies_anything(void **state)
{
	struct signer *both[] = { &rs, &es };

	(void)state;
	for (size_t n = 0; n < 2; n++) {
		size_t refused = 0;

		both[n]->sig[20] ^= 1;
		for (size_t at = 0; at < 150; at++)
			assert_int_not_equal(verify_with_failure(both[n], at), E_OK);
		both[n]->sig[20] ^= 1;
		for (size_t at = 0; at < 150; at++)
			refused += verify_with_failure(both[n], at) != E_OK;
		assert_in_range(refused, 1, 149);
		assert_int_equal(verify_with_failure(both[n], SIZE_MAX), E_OK);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts_what_was_signed),
		cmocka_unit_test(refuses_every_flipped_bit),
		cmocka_unit_test(an_rsa_signature_is_as_long_as_the_modulus),
		cmocka_unit_test(refuses_pss_and_other_digests_under_rs256),
		cmocka_unit_test(an_es256_signature_has_64_octets),
		cmocka_unit_test(refuses_r_and_s_outside_the_group),
		cmocka_unit_test(accepts_the_other_s_too),
		cmocka_unit_test(refuses_a_key_of_another_type),
		cmocka_unit_test(running_out_of_memory_never_verifies_anything),
	};

	if (CRYPTO_set_mem_functions(scarce_malloc, scarce_realloc, plain_free) != 1)
		return 99;
	return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
