/* Signatures. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include "common/b64url.h"
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
	json_decref(o);
	free(json);
}

static void
sign(struct signer *x, const char *digest, int pss)
{
	x->len = mint_signature(x->sig, x->pkey, digest, pss, x->input, strlen(x->input));
}

static int
make_keys(void **state)
{
	(void)state;
	prepare(&rs, mint_rsa(2048), NULL, "RS256", "{\"alg\":\"RS256\"}");
	prepare(&es, mint_ec("prime256v1"), "P-256", "ES256", "{\"alg\":\"ES256\"}");
	sign(&rs, "SHA256", 0);
	sign(&es, "SHA256", 0);
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

struct method {
	const char *alg, *crv, *digest;
	int pss;
	const char *size; /* the reason for a signature of another length */
};

static const struct method methods[] = {
	{ "RS256", NULL, "SHA256", 0, "idt.rs.size" },
	{ "RS384", NULL, "SHA384", 0, "idt.rs.size" },
	{ "RS512", NULL, "SHA512", 0, "idt.rs.size" },
	{ "PS256", NULL, "SHA256", 1, "idt.rs.size" },
	{ "PS384", NULL, "SHA384", 1, "idt.rs.size" },
	{ "PS512", NULL, "SHA512", 1, "idt.rs.size" },
	{ "ES256", "P-256", "SHA256", 0, "idt.es.size" },
	{ "ES384", "P-384", "SHA384", 0, "idt.es.size" },
	{ "ES512", "P-521", "SHA512", 0, "idt.es.size" },
	{ "EdDSA", "Ed25519", NULL, 0, "idt.ed.size" },
};

#define METHODS (sizeof(methods) / sizeof(methods[0]))

static void
sign_by(struct signer *x, const struct method *m)
{
	EVP_PKEY *k = m->crv == NULL ? rs.pkey
	    : m->digest == NULL      ? mint_ed25519()
	                             : mint_ec(alg_find(m->alg)->group);

	if (k == rs.pkey) /* a new RSA key takes its time */
		assert_int_equal(EVP_PKEY_up_ref(k), 1);
	prepare(x, k, m->crv, m->alg, "{}");
	sign(x, m->digest, m->pss);
}

static void
drop(struct signer *x)
{
	EVP_PKEY_free(x->pkey);
	jwk_clear(&x->jwk);
	free(x->input);
}

/* C-074, C-123, C-125; idt.alg.* */
static void
each_algorithm_verifies_what_was_signed_by_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < METHODS; i++) {
		struct signer x;

		sign_by(&x, &methods[i]);
		verify(&x, x.input, x.sig, x.len, NULL);
		verify(&x, x.input, x.sig, x.len - 1, methods[i].size);
		x.sig[x.len / 2] ^= 1;
		verify(&x, x.input, x.sig, x.len, "idt.sig");
		x.sig[x.len / 2] ^= 1;
		x.input[2] ^= 1;
		verify(&x, x.input, x.sig, x.len, "idt.sig");
		drop(&x);
	}
}

/* C-127: a signature by one algorithm is none by another, whatever the key */
static void
no_algorithm_verifies_anothers_signature(void **state)
{
	struct err e = { .code = E_OK };

	(void)state;
	for (size_t i = 0; i < METHODS; i++) {
		struct signer x;
		char *b64;

		sign_by(&x, &methods[i]);
		b64 = mint_b64(x.sig, x.len);
		for (size_t k = 0; k < METHODS; k++) {
			struct jwthead h = { .alg = alg_find(methods[k].alg),
				.input = x.input,
				.input_len = strlen(x.input),
				.sig = b64,
				.sig_len = strlen(b64) };

			assert_true((jws_verify(&h, h.alg, &x.jwk, &e) == E_OK) == (i == k));
		}
		free(b64);
		drop(&x);
	}
}

/* C-123 idt.ps.{salt0,sha1mgf}, H-30 */
static void
a_pss_signature_has_a_salt_and_a_mask_of_its_digest(void **state)
{
	static const struct {
		int salt;
		const char *mgf1, *reason;
	} cases[] = { { 32, "SHA256", NULL }, { 0, "SHA256", "idt.sig" },
		{ 31, "SHA256", "idt.sig" }, { 33, "SHA256", "idt.sig" },
		{ 32, "SHA1", "idt.sig" } };
	struct signer x;

	(void)state;
	sign_by(&x, &methods[3]);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		EVP_MD_CTX *ctx = EVP_MD_CTX_new();
		EVP_PKEY_CTX *p = NULL;
		size_t len = sizeof(x.sig);

		assert_int_equal(
		    EVP_DigestSignInit_ex(ctx, &p, "SHA256", NULL, NULL, x.pkey, NULL), 1);
		assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(p, RSA_PKCS1_PSS_PADDING), 1);
		assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(p, cases[i].salt), 1);
		assert_int_equal(EVP_PKEY_CTX_set_rsa_mgf1_md_name(p, cases[i].mgf1, NULL), 1);
		assert_int_equal(
		    EVP_DigestSign(ctx, x.sig, &len, (const uint8_t *)x.input, strlen(x.input)), 1);
		EVP_MD_CTX_free(ctx);
		verify(&x, x.input, x.sig, len, cases[i].reason);
	}
	drop(&x);
}

/* RFC 8037 appendix A.4: a signature that no code here made; and S + L, its other spelling */
static void
an_ed25519_signature_of_the_rfc_verifies_in_one_spelling(void **state)
{
	static const uint8_t l[32] = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c,
		0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0x10 };
	static const char jwk[] = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":"
	                          "\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
	                  input[] = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
	                  sig[] = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5"
	                          "BhVsPt9g7sVvpAr_MuM0KAg";
	struct signer x = { .alg = alg_find("EdDSA") };
	json_t *o = json_loads(jwk, 0, NULL);
	unsigned carry = 0;

	(void)state;
	assert_int_equal(jwk_parse(&x.jwk, o, NULL), E_OK);
	assert_true(b64url_decode(x.sig, sizeof(x.sig), &x.len, sig, strlen(sig)));
	verify(&x, input, x.sig, x.len, NULL);
	for (size_t i = 0; i < 32; i++) {
		carry += (unsigned)x.sig[32 + i] + l[i];
		x.sig[32 + i] = (uint8_t)carry;
		carry >>= 8;
	}
	verify(&x, input, x.sig, x.len, "idt.sig");
	json_decref(o);
	jwk_clear(&x.jwk);
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
		cmocka_unit_test(each_algorithm_verifies_what_was_signed_by_it),
		cmocka_unit_test(no_algorithm_verifies_anothers_signature),
		cmocka_unit_test(a_pss_signature_has_a_salt_and_a_mask_of_its_digest),
		cmocka_unit_test(an_ed25519_signature_of_the_rfc_verifies_in_one_spelling),
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
