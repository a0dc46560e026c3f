/* RSA signatures with any numbers. */
#include "config.h"

#include "mock_idp/jose/jwk.h"
#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/keygen.h"
#include "mock_idp/jose/rsa.h"
#include "mock_idp/jose/unfit.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/jose/verify.h"

struct numbers {
	EVP_PKEY *key;
	BIGNUM *n, *d;
};

static struct numbers
usual(void)
{
	struct numbers k = { .key = keygen_rsa(NULL, "") };
	json_t *jwk = jwk_private(k.key);

	k.n = jwkread_number(jwk, "n");
	k.d = jwkread_number(jwk, "d");
	json_decref(jwk);
	return k;
}

static void
drop(struct numbers *k)
{
	EVP_PKEY_free(k->key);
	BN_free(k->n);
	BN_free(k->d);
}

static void
pkcs1_verifies_for_every_hash(void **state)
{
	static const enum alg_id ids[] = { ALG_RS256, ALG_RS384, ALG_RS512 };
	struct numbers k = usual();
	uint8_t sig[RSA_SIGNATURE_MAX];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct rsa how = { .n = k.n, .d = k.d, .digest = alg_row(ids[i])->digest };

		assert_int_equal(rsa_sign(&how, "msg", 3, sig), 256);
		assert_true(verify_octets(k.key, alg_row(ids[i]), "msg", 3, sig, 256));
		assert_false(verify_octets(k.key, alg_row(ids[i]), "mag", 3, sig, 256));
		assert_false(verify_octets(k.key, alg_row(ids[(i + 1) % 3]), "msg", 3, sig, 256));
	}
	drop(&k);
}

static void
pss_verifies_with_its_salt_and_mask_alone(void **state)
{
	static const enum alg_id ids[] = { ALG_PS256, ALG_PS384, ALG_PS512 };
	struct numbers k = usual();
	uint8_t sig[RSA_SIGNATURE_MAX], salt[64] = { 1, 2, 3 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct alg *a = alg_row(ids[i]);
		struct rsa how = { .n = k.n,
			.d = k.d,
			.digest = a->digest,
			.pss = true,
			.mgf1 = a->digest,
			.salt = salt,
			.saltlen = a->hash };

		assert_int_equal(rsa_sign(&how, "msg", 3, sig), 256);
		assert_true(verify_octets(k.key, a, "msg", 3, sig, 256));
		assert_false(verify_octets(k.key, a, "mag", 3, sig, 256));
		how.saltlen = 0;
		assert_int_equal(rsa_sign(&how, "msg", 3, sig), 256);
		assert_false(verify_octets(k.key, a, "msg", 3, sig, 256));
		assert_true(verify_pss(k.key, a, 0, NULL, "msg", 3, sig, 256));
		how.saltlen = a->hash;
		how.mgf1 = "SHA1";
		assert_int_equal(rsa_sign(&how, "msg", 3, sig), 256);
		assert_false(verify_octets(k.key, a, "msg", 3, sig, 256));
		assert_true(verify_pss(k.key, a, (int)a->hash, "SHA1", "msg", 3, sig, 256));
	}
	drop(&k);
}

static void
the_same_salt_is_the_same_signature(void **state)
{
	struct numbers k = usual();
	uint8_t a[RSA_SIGNATURE_MAX], b[RSA_SIGNATURE_MAX], salt[32] = { 1 };
	struct rsa how = { k.n, k.d, "SHA256", true, "SHA256", salt, 32, NULL };

	(void)state;
	assert_int_equal(rsa_sign(&how, "msg", 3, a), 256);
	assert_int_equal(rsa_sign(&how, "msg", 3, b), 256);
	assert_memory_equal(a, b, 256);
	salt[0] = 2;
	assert_int_equal(rsa_sign(&how, "msg", 3, b), 256);
	assert_memory_not_equal(a, b, 256);
	drop(&k);
}

/* s^e is 00 01 FF ... */
static bool
opens(const json_t *jwk, const uint8_t *sig, size_t len)
{
	BIGNUM *n = jwkread_number(jwk, "n"), *e = jwkread_number(jwk, "e"),
	       *m = BN_bin2bn(sig, (int)len, NULL);
	BN_CTX *ctx = BN_CTX_new();
	uint8_t em[RSA_SIGNATURE_MAX];
	bool ok;

	assert_int_equal(BN_mod_exp(m, m, e, n, ctx), 1);
	assert_int_equal(BN_bn2binpad(m, em, (int)len), len);
	ok = em[0] == 0 && em[1] == 1 && em[2] == 0xff && em[len - 52] == 0 && em[len - 51] == 0x30;
	BN_free(n);
	BN_free(e);
	BN_free(m);
	BN_CTX_free(ctx);
	return ok;
}

static void
unfit_keys_sign_as_well(void **state)
{
	static const struct {
		const char *name;
		size_t octets;
	} rows[] = { { "rsa512", 64 }, { "rsa1024", 128 }, { "rsa2047", 256 }, { "rsa16384", 2048 },
		{ "rsa-e1", 256 }, { "rsa-e3", 256 }, { "rsa-even", 256 }, { "rsa-roca", 256 } };
	uint8_t sig[RSA_SIGNATURE_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *jwk = unfit_jwk(rows[i].name);
		struct rsa how = { .digest = "SHA256" };
		BIGNUM *n = jwkread_number(jwk, "n"), *d = jwkread_number(jwk, "d");

		how.n = n;
		how.d = d;
		assert_int_equal(rsa_sign(&how, "msg", 3, sig), rows[i].octets);
		assert_true(opens(jwk, sig, rows[i].octets));
		BN_free(n);
		BN_free(d);
		json_decref(jwk);
	}
}

static void
with_an_exponent_of_one_the_signature_is_the_padded_hash(void **state)
{
	json_t *jwk = unfit_jwk("rsa-e1");
	BIGNUM *n = jwkread_number(jwk, "n");
	struct rsa how = { .n = n, .d = BN_value_one(), .digest = "SHA256" };
	uint8_t sig[RSA_SIGNATURE_MAX], md[32];

	(void)state;
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 256);
	assert_int_equal(sig[0], 0);
	assert_int_equal(sig[1], 1);
	assert_int_equal(EVP_Digest("msg", 3, md, NULL, EVP_sha256(), NULL), 1);
	assert_memory_equal(sig + 224, md, 32);
	BN_free(n);
	json_decref(jwk);
}

/* With d = 1 the signature is what was padded. */
static void
padding_is_wrong_on_request(void **state)
{
	static const struct {
		const char *pad;
		uint8_t type;
		size_t zero; /* where the FFs end */
		uint8_t behind[4];
	} want[] = {
		{ NULL, 1, 204, { 0x30, 0x31, 0x30, 0x0d } },
		{ "type2", 2, 204, { 0x30, 0x31, 0x30, 0x0d } },
		{ "nonull", 1, 206, { 0x30, 0x2f, 0x30, 0x0b } },
		{ "junk", 1, 10, { 0x30, 0x31, 0x30, 0x0d } },
	};
	json_t *jwk = unfit_jwk("rsa-e1");
	BIGNUM *n = jwkread_number(jwk, "n");
	struct rsa how = { .n = n, .d = BN_value_one(), .digest = "SHA256" };
	uint8_t sig[RSA_SIGNATURE_MAX], md[32];

	(void)state;
	assert_int_equal(EVP_Digest("msg", 3, md, NULL, EVP_sha256(), NULL), 1);
	for (size_t i = 0; i < 4; i++) {
		how.pad = want[i].pad;
		assert_int_equal(rsa_sign(&how, "msg", 3, sig), 256);
		assert_int_equal(sig[1], want[i].type);
		for (size_t k = 2; k < want[i].zero; k++)
			assert_int_equal(sig[k], 0xff);
		assert_int_equal(sig[want[i].zero], 0);
		assert_memory_equal(sig + want[i].zero + 1, want[i].behind, 4);
	}
	assert_memory_equal(sig + 11 + 19, md, 32);
	assert_int_equal(sig[255], 0x5a);
	how.pad = "nonull";
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 256);
	assert_int_equal(sig[222], 0x04);
	assert_memory_equal(sig + 224, md, 32);
	how.pad = "bare";
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 256);
	assert_int_equal(sig[222], 0xff);
	assert_int_equal(sig[223], 0);
	assert_memory_equal(sig + 224, md, 32);
	how.pad = "none";
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 0);
	BN_free(n);
	json_decref(jwk);
}

static void
what_does_not_fit_in_is_not_signed(void **state)
{
	json_t *jwk = unfit_jwk("rsa512");
	BIGNUM *n = jwkread_number(jwk, "n"), *d = jwkread_number(jwk, "d"), *zero = BN_new();
	struct rsa how = { .n = n, .d = d, .digest = "SHA512", .mgf1 = "SHA256" };
	uint8_t sig[RSA_SIGNATURE_MAX], salt[32] = { 0 };

	(void)state;
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 0);
	how.digest = "SHA256";
	how.pss = true;
	how.salt = salt;
	how.saltlen = 32;
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 0);
	/* emLen is 64, the hash has 32: room for 30 */
	how.saltlen = 30;
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 64);
	how.saltlen = 31;
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 0);
	/* of PKCS #1 v1.5: the hash, 19 octets of its name, and 11 more */
	how.pss = false;
	how.d = BN_value_one();
	assert_int_equal(BN_set_bit(zero, 62 * 8 - 1), 1);
	how.n = zero;
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 62);
	assert_int_equal(BN_rshift(zero, zero, 8), 1);
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 0);
	BN_zero(zero);
	how.n = zero;
	assert_int_equal(rsa_sign(&how, "msg", 3, sig), 0);
	BN_free(n);
	BN_free(d);
	BN_free(zero);
	json_decref(jwk);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pkcs1_verifies_for_every_hash),
		cmocka_unit_test(pss_verifies_with_its_salt_and_mask_alone),
		cmocka_unit_test(the_same_salt_is_the_same_signature),
		cmocka_unit_test(unfit_keys_sign_as_well),
		cmocka_unit_test(with_an_exponent_of_one_the_signature_is_the_padded_hash),
		cmocka_unit_test(padding_is_wrong_on_request),
		cmocka_unit_test(what_does_not_fit_in_is_not_signed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
