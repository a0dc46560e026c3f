/* ES256 with a nonce of its own: the vectors of RFC 6979 appendix A.2.5. */
#include "config.h"

#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include "mock_idp/jose/ecdsa.h"
#include "tests/support/unit.h"

static const char X[] = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";
/* its public point, uncompressed */
static const uint8_t U[65] = { 0x04, 0x60, 0xFE, 0xD4, 0xBA, 0x25, 0x5A, 0x9D, 0x31, 0xC9, 0x61,
	0xEB, 0x74, 0xC6, 0x35, 0x6D, 0x68, 0xC0, 0x49, 0xB8, 0x92, 0x3B, 0x61, 0xFA, 0x6C, 0xE6,
	0x69, 0x62, 0x2E, 0x60, 0xF2, 0x9F, 0xB6, 0x79, 0x03, 0xFE, 0x10, 0x08, 0xB8, 0xBC, 0x99,
	0xA4, 0x1A, 0xE9, 0xE9, 0x56, 0x28, 0xBC, 0x64, 0xF2, 0xF1, 0xB2, 0x0C, 0x2D, 0x7E, 0x9F,
	0x51, 0x77, 0xA3, 0xC2, 0x94, 0xD4, 0x46, 0x22, 0x99 };

static EVP_PKEY *
vector_key(void)
{
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *key = NULL;
	OSSL_PARAM *params;
	BIGNUM *x = NULL;

	assert_int_not_equal(BN_hex2bn(&x, X), 0);
	OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
	OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY, U, sizeof(U));
	OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_PRIV_KEY, x);
	params = OSSL_PARAM_BLD_to_param(bld);
	assert_int_equal(EVP_PKEY_fromdata_init(ctx), 1);
	assert_int_equal(EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_KEYPAIR, params), 1);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(bld);
	EVP_PKEY_CTX_free(ctx);
	BN_free(x);
	return key;
}

static void
signs_as(const char *msg, const char *hex)
{
	EVP_PKEY *key = vector_key();
	uint8_t sig[ECDSA_SIZE], want[ECDSA_SIZE];
	BIGNUM *bn = NULL;

	assert_int_not_equal(BN_hex2bn(&bn, hex), 0);
	assert_int_equal(BN_bn2binpad(bn, want, sizeof(want)), sizeof(want));
	assert_true(ecdsa_sign(key, msg, strlen(msg), sig));
	assert_memory_equal(sig, want, sizeof(want));
	BN_free(bn);
	EVP_PKEY_free(key);
}

static void
signs_the_vectors_of_the_rfc(void **state)
{
	(void)state;
	signs_as("sample",
	    "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
	    "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
	signs_as("test",
	    "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
	    "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083");
}

static void
a_key_of_another_type_signs_nothing(void **state)
{
	EVP_PKEY *other = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	uint8_t sig[ECDSA_SIZE];

	(void)state;
	assert_false(ecdsa_sign(other, "x", 1, sig));
	EVP_PKEY_free(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_the_vectors_of_the_rfc),
		cmocka_unit_test(a_key_of_another_type_signs_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
