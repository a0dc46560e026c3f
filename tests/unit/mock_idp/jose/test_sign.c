/* Signed tokens, judged by OpenSSL alone. */
#include "config.h"

#include <string.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/sign.h"
#include "tests/support/unit.h"

static int
set_up(void **state)
{
	static struct keys keys;

	*state = &keys;
	return keys_make(&keys, NULL, NULL) == E_OK ? 0 : -1;
}

static int
take_down(void **state)
{
	keys_clear(*state);
	return 0;
}

static json_t *
segment(const char *s, size_t len)
{
	uint8_t raw[1024];
	size_t n = 0;

	assert_true(b64url_decode(raw, sizeof(raw), &n, s, len));
	return json_loadb((const char *)raw, n, 0, NULL);
}

/* R and S side by side (RFC 7518 section 3.4) as the DER that EVP takes. */
static size_t
der_of(uint8_t *der, const uint8_t *raw)
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	int n;

	assert_int_equal(
	    ECDSA_SIG_set0(sig, BN_bin2bn(raw, 32, NULL), BN_bin2bn(raw + 32, 32, NULL)), 1);
	n = i2d_ECDSA_SIG(sig, &der);
	ECDSA_SIG_free(sig);
	assert_true(n > 0);
	return (size_t)n;
}

static bool
verifies(const struct key *k, const char *token)
{
	const char *dot = strrchr(token, '.');
	uint8_t sig[512], der[128];
	const uint8_t *use = sig;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t n = 0;
	int r;

	assert_true(b64url_decode(sig, sizeof(sig), &n, dot + 1, strlen(dot + 1)));
	if (k->alg == KEYS_ES256) {
		assert_int_equal(n, 64);
		n = der_of(der, sig);
		use = der;
	}
	assert_int_equal(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, k->pkey), 1);
	r = EVP_DigestVerify(ctx, use, n, (const unsigned char *)token, (size_t)(dot - token));
	EVP_MD_CTX_free(ctx);
	return r == 1;
}

static void
check(const struct keys *keys, enum keys_alg alg, const char *name)
{
	json_t *claims = json_pack("{s:s, s:[s], s:I}", "iss", "https://i", "aud", "c", "exp",
	           (json_int_t)1800000000),
	       *head, *body;
	char *token = NULL;
	size_t first;

	assert_int_equal(sign_token(&keys->k[alg], claims, &token, NULL), E_OK);
	first = strcspn(token, ".");
	head = segment(token, first);
	body = segment(token + first + 1, strcspn(token + first + 1, "."));
	assert_true(json_equal(body, claims));
	assert_string_equal(json_string_value(json_object_get(head, "alg")), name);
	assert_string_equal(json_string_value(json_object_get(head, "typ")), "JWT");
	assert_string_equal(json_string_value(json_object_get(head, "kid")), keys->k[alg].kid);
	assert_int_equal(json_object_size(head), 3);
	assert_true(verifies(&keys->k[alg], token));
	token[first + 3] = token[first + 3] == 'A' ? 'B' : 'A';
	assert_false(verifies(&keys->k[alg], token));
	json_decref(head);
	json_decref(body);
	json_decref(claims);
	secmem_freestr(token);
}

static void
rs256_verifies_and_only_as_it_was_signed(void **state)
{
	check(*state, KEYS_RS256, "RS256");
}

static void
es256_verifies_and_only_as_it_was_signed(void **state)
{
	check(*state, KEYS_ES256, "ES256");
}

static void
same_under_a_seed(struct keys *keys, enum keys_alg alg, bool wanted)
{
	json_t *claims = json_pack("{s:s}", "sub", "x");
	char *a = NULL, *b = NULL;

	assert_int_equal(sign_token(&keys->k[alg], claims, &a, NULL), E_OK);
	assert_int_equal(sign_token(&keys->k[alg], claims, &b, NULL), E_OK);
	assert_int_equal(strcmp(a, b) == 0, wanted);
	assert_true(verifies(&keys->k[alg], a));
	secmem_freestr(a);
	secmem_freestr(b);
	json_decref(claims);
}

static void
a_seeded_key_signs_the_same_token_alike(void **state)
{
	const uint64_t seed = 5;
	struct keys keys;

	assert_int_equal(keys_make(&keys, &seed, NULL), E_OK);
	same_under_a_seed(&keys, KEYS_RS256, true);
	same_under_a_seed(&keys, KEYS_ES256, true);
	keys_clear(&keys);
	/* its golden twin: ECDSA as everybody has it */
	same_under_a_seed(*state, KEYS_ES256, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rs256_verifies_and_only_as_it_was_signed),
		cmocka_unit_test(es256_verifies_and_only_as_it_was_signed),
		cmocka_unit_test(a_seeded_key_signs_the_same_token_alike),
	};
	return cmocka_run_group_tests(tests, set_up, take_down);
}
