/* ECDSA with a nonce of its own: the vectors of RFC 6979 appendices A.2.5 to A.2.7. */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>

#include "mock_idp/jose/ecdsa.h"
#include "mock_idp/jose/keygen.h"
#include "tests/support/unit.h"

static const struct vector {
	const char *curve, *digest, *x, *msg, *sig;
} vectors[] = {
	{ "P-256", "SHA256", "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
	    "sample",
	    "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
	    "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8" },
	{ "P-256", "SHA256", "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
	    "test",
	    "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
	    "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083" },
	/* a hash that is longer than the order */
	{ "P-256", "SHA512", "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
	    "sample",
	    "8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F00"
	    "2362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE" },
	{ "P-384", "SHA384",
	    "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D8"
	    "96D5724E4C70A825F872C9EA60D2EDF5",
	    "sample",
	    "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C"
	    "81A648152E44ACF96E36DD1E80FABE46"
	    "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94F"
	    "A329C145786E679E7B82C71A38628AC8" },
	{ "P-384", "SHA384",
	    "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D8"
	    "96D5724E4C70A825F872C9EA60D2EDF5",
	    "test",
	    "8203B63D3C853E8D77227FB377BCF7B7B772E97892A80F36AB775D509D7A5FEB"
	    "0542A7F0812998DA8F1DD3CA3CF023DB"
	    "DDD0760448D42D8A43AF45AF836FCE4DE8BE06B485E9B61B827C2F13173923E0"
	    "6A739F040649A667BF3B828246BAA5A5" },
	/* an order of 521 bits: a hash that is shorter, and half an octet in front */
	{ "P-521", "SHA512",
	    "0FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75C"
	    "AA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538",
	    "sample",
	    "00C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F17"
	    "4E25A1EE9017B5D450606ADD152B534931D7D4E8455CC91F9B15BF05EC36E377FA"
	    "00617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF28"
	    "2623EAA63E5B5C0723D8B8C37FF0777B1A20F8CCB1DCCC43997F1EE0E44DA4A67A" },
	{ "P-521", "SHA512",
	    "0FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75C"
	    "AA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538",
	    "test",
	    "013E99020ABF5CEE7525D16B69B229652AB6BDF2AFFCAEF38773B4B7D08725F10C"
	    "DB93482FDCC54EDCEE91ECA4166B2A7C6265EF0CE2BD7051B7CEF945BABD47EE6D"
	    "01FBD0013C674AA79CB39849527916CE301C66EA7CE8B80682786AD60F98F7E78A"
	    "19CA69EFF5C57400E3B3A0AD66CE0978214D13BAF4E9AC60752F7B155E2DE4DCE3" },
};

static void
signs_the_vectors_of_the_rfc(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		const struct vector *v = &vectors[i];
		struct ecdsa how = { .curve = v->curve, .digest = v->digest };
		uint8_t sig[ECDSA_MAX], want[ECDSA_MAX];
		BIGNUM *x = NULL, *bn = NULL;
		size_t n;

		assert_int_not_equal(BN_hex2bn(&x, v->x), 0);
		assert_int_not_equal(BN_hex2bn(&bn, v->sig), 0);
		how.priv = x;
		n = ecdsa_sign(&how, v->msg, strlen(v->msg), sig);
		assert_int_equal(n, strlen(v->sig) / 2);
		assert_int_equal(BN_bn2binpad(bn, want, (int)n), n);
		assert_memory_equal(sig, want, n);
		BN_free(x);
		BN_free(bn);
	}
}

static bool
verifies(EVP_PKEY *key, const uint8_t *sig, size_t n, const char *msg)
{
	ECDSA_SIG *es = ECDSA_SIG_new();
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t der[160], *end = der;
	int len, r;

	assert_int_equal(ECDSA_SIG_set0(es, BN_bin2bn(sig, (int)n / 2, NULL),
	                     BN_bin2bn(sig + n / 2, (int)n / 2, NULL)),
	    1);
	assert_true((len = i2d_ECDSA_SIG(es, &end)) > 0);
	assert_int_equal(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
	r = EVP_DigestVerify(ctx, der, (size_t)len, (const unsigned char *)msg, strlen(msg));
	EVP_MD_CTX_free(ctx);
	ECDSA_SIG_free(es);
	return r == 1;
}

static void
another_signature_of_the_same_is_as_good(void **state)
{
	EVP_PKEY *key = keygen_curve(NULL, "", "secp256k1");
	struct ecdsa how = { .curve = "secp256k1", .digest = "SHA256" };
	uint8_t sig[2][ECDSA_MAX];
	BIGNUM *x = NULL;

	(void)state;
	assert_int_equal(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &x), 1);
	how.priv = x;
	for (how.more = 0; how.more < 2; how.more++) {
		assert_int_equal(ecdsa_sign(&how, "x", 1, sig[how.more]), 64);
		assert_true(verifies(key, sig[how.more], 64, "x"));
		assert_false(verifies(key, sig[how.more], 64, "y"));
	}
	assert_memory_not_equal(sig[0], sig[1], 64);
	BN_free(x);
	EVP_PKEY_free(key);
}

static void
no_curve_or_no_number_of_it_signs_nothing(void **state)
{
	struct ecdsa how = { .curve = "P-257", .digest = "SHA256", .priv = BN_value_one() };
	uint8_t sig[ECDSA_MAX];
	BIGNUM *order = ecdsa_order("P-256");

	(void)state;
	assert_int_equal(ecdsa_sign(&how, "x", 1, sig), 0);
	how.curve = "P-256";
	assert_int_equal(ecdsa_sign(&how, "x", 1, sig), 64);
	how.priv = order;
	assert_int_equal(ecdsa_sign(&how, "x", 1, sig), 0);
	how.priv = BN_value_one();
	how.digest = "";
	assert_int_equal(ecdsa_sign(&how, "x", 1, sig), 0);
	BN_free(order);
	assert_null(ecdsa_order("P-257"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_the_vectors_of_the_rfc),
		cmocka_unit_test(another_signature_of_the_same_is_as_good),
		cmocka_unit_test(no_curve_or_no_number_of_it_signs_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
