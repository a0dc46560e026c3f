/* Signed tokens, judged by OpenSSL alone. */
#include "config.h"

#include <string.h>
#include <openssl/hmac.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/sign.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/jose/verify.h"

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

static bool
verifies(const struct sign *how, const char *token)
{
	return verify_token(how->key->pkey, how->alg, token);
}

static void
check(struct keys *keys, enum alg_id id)
{
	const struct sign how = { alg_row(id), keys_of(keys, id), NULL };
	json_t *claims = json_pack("{s:s, s:[s], s:I}", "iss", "https://i", "aud", "c", "exp",
	           (json_int_t)1800000000),
	       *head, *body;
	char *token = NULL;
	size_t first;

	assert_true(sign_can(how.alg));
	assert_int_equal(sign_token(&how, claims, &token, NULL), E_OK);
	first = strcspn(token, ".");
	head = segment(token, first);
	body = segment(token + first + 1, strcspn(token + first + 1, "."));
	assert_true(json_equal(body, claims));
	assert_string_equal(json_string_value(json_object_get(head, "alg")), how.alg->name);
	assert_string_equal(json_string_value(json_object_get(head, "typ")), "JWT");
	assert_string_equal(json_string_value(json_object_get(head, "kid")), how.key->kid);
	assert_int_equal(json_object_size(head), 3);
	assert_true(verifies(&how, token));
	token[first + 3] = token[first + 3] == 'A' ? 'B' : 'A';
	assert_false(verifies(&how, token));
	json_decref(head);
	json_decref(body);
	json_decref(claims);
	secmem_freestr(token);
}

static void
each_verifies_and_only_as_it_was_signed(void **state)
{
	static const enum alg_id ids[] = { ALG_RS256, ALG_RS384, ALG_RS512, ALG_ES256, ALG_ES384,
		ALG_ES512 };

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		check(*state, ids[i]);
}

static void
hmac_is_keyed_with_the_secret(void **state)
{
	struct sign how = { alg_row(ALG_HS384), keys_of(*state, ALG_RS256), "a secret" };
	json_t *claims = json_pack("{s:s}", "sub", "x");
	uint8_t mac[64], sig[64];
	unsigned int len = sizeof(mac);
	char *token = NULL, *dot;
	size_t n = 0;

	assert_int_equal(sign_token(&how, claims, &token, NULL), E_OK);
	dot = strrchr(token, '.');
	assert_true(b64url_decode(sig, sizeof(sig), &n, dot + 1, strlen(dot + 1)));
	assert_non_null(HMAC(EVP_sha384(), how.secret, (int)strlen(how.secret),
	    (const unsigned char *)token, (size_t)(dot - token), mac, &len));
	assert_int_equal(n, len);
	assert_memory_equal(sig, mac, n);
	json_decref(claims);
	secmem_freestr(token);
}

static void
what_libjwt_cannot_is_not_signed(void **state)
{
	struct sign how = { alg_row(ALG_PS256), keys_of(*state, ALG_PS256), NULL };
	json_t *claims = json_pack("{s:s}", "sub", "x");
	struct err e = { .code = E_OK };
	char *token = NULL;

	assert_false(sign_can(alg_row(ALG_PS256)));
	assert_false(sign_can(alg_row(ALG_EDDSA)));
	assert_false(sign_can(alg_row(ALG_NONE)));
	assert_int_equal(sign_token(&how, claims, &token, &e), E_KEYS);
	assert_null(token);
	json_decref(claims);
}

static void
same_under_a_seed(struct keys *keys, enum alg_id id, bool wanted)
{
	const struct sign how = { alg_row(id), keys_of(keys, id), NULL };
	json_t *claims = json_pack("{s:s}", "sub", "x");
	char *a = NULL, *b = NULL;

	assert_int_equal(sign_token(&how, claims, &a, NULL), E_OK);
	assert_int_equal(sign_token(&how, claims, &b, NULL), E_OK);
	assert_int_equal(strcmp(a, b) == 0, wanted);
	assert_true(verifies(&how, a));
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
	same_under_a_seed(&keys, ALG_RS256, true);
	same_under_a_seed(&keys, ALG_ES256, true);
	same_under_a_seed(&keys, ALG_ES384, true);
	same_under_a_seed(&keys, ALG_ES512, true);
	keys_clear(&keys);
	/* its golden twin: ECDSA as everybody has it */
	same_under_a_seed(*state, ALG_ES256, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_verifies_and_only_as_it_was_signed),
		cmocka_unit_test(hmac_is_keyed_with_the_secret),
		cmocka_unit_test(what_libjwt_cannot_is_not_signed),
		cmocka_unit_test(a_seeded_key_signs_the_same_token_alike),
	};
	return cmocka_run_group_tests(tests, set_up, take_down);
}
