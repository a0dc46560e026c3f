/* Whose key signs, and what the header says about it. */
#include "config.h"

#include <openssl/hmac.h>

#include "mock_idp/jose/mintkey.h"
#include "mock_idp/jose/pubform.h"
#include "tests/unit/mock_idp/jose/minted.h"

static struct mintkey
chosen(struct minted *f, const char *spec)
{
	json_t *o = json_loads(spec, 0, NULL);
	struct mintkey k;

	assert_non_null(o);
	assert_int_equal(mintkey_check(o, NULL), E_OK);
	assert_int_equal(
	    mintkey_make(&k, &f->keys, keys_find(&f->keys, "rs256"), "s3", o, NULL), E_OK);
	/* alg, sign and kid do not hang on the script */
	json_decref(o);
	return k;
}

/* The script makes a token with that alg and kid, signed by that key, by libjwt or not. */
static void
uses(struct minted *f, const char *spec, const char *alg, const char *kid, const char *key,
    bool libjwt)
{
	struct mintkey k = chosen(f, spec);

	assert_string_equal(k.alg->name, alg);
	assert_string_equal(k.kid, keys_find(&f->keys, kid)->kid);
	assert_true(json_equal(k.priv, keys_find(&f->keys, key)->priv));
	assert_int_equal(k.named != NULL, libjwt);
	mintkey_clear(&k);
}

static void
the_key_is_the_one_that_is_named_or_goes_with_the_algorithm(void **state)
{
	struct minted *f = *state;

	uses(f, "{}", "RS256", "rs256", "rs256", true);
	uses(f, "{\"alg\":\"ES384\"}", "ES384", "es384", "es384", true);
	uses(f, "{\"alg\":\"PS256\"}", "PS256", "ps256", "ps256", false);
	uses(f, "{\"alg\":\"none\"}", "none", "rs256", "rs256", false);
	uses(f, "{\"key\":\"other-rs256\"}", "RS256", "other-rs256", "other-rs256", true);
	uses(f, "{\"key\":\"other-rs256\",\"kid_of\":\"rs256\"}", "RS256", "rs256", "other-rs256",
	    false);
	uses(f, "{\"key\":\"old-rs256\"}", "RS256", "old-rs256", "old-rs256", true);
	uses(f, "{\"alg\":\"RS512\",\"key\":\"rs256\"}", "RS512", "rs256", "rs256", true);
	uses(f, "{\"key\":\"enc\"}", "RS256", "enc", "enc", true);
	/* what libjwt would refuse, or not be asked for */
	uses(f, "{\"alg\":\"ES256\",\"key\":\"es384\"}", "ES256", "es384", "es384", false);
	uses(f, "{\"alg\":\"ES256\",\"key\":\"secp256k1\"}", "ES256", "secp256k1", "secp256k1",
	    false);
	uses(f, "{\"key\":\"rsa512\"}", "RS256", "rsa512", "rsa512", false);
	uses(f, "{\"alg\":\"EdDSA\"}", "EdDSA", "ed25519", "ed25519", false);
}

static void
what_signs_may_be_other_than_what_the_header_says(void **state)
{
	struct minted *f = *state;
	struct mintkey k = chosen(f, "{\"alg\":\"RS256\",\"sign\":\"PS256\"}");

	assert_int_equal(k.alg->id, ALG_RS256);
	assert_int_equal(k.sign->id, ALG_PS256);
	assert_null(k.named);
	mintkey_clear(&k);
	k = chosen(f, "{\"sign\":\"none\"}");
	assert_int_equal(k.sign->kind, ALG_UNSIGNED);
	mintkey_clear(&k);
	k = chosen(f, "{\"alg\":\"ES512\"}");
	assert_string_equal(k.curve, "P-521");
	mintkey_clear(&k);
	k = chosen(f, "{\"alg\":\"ES256\",\"key\":\"p224\"}");
	assert_string_equal(k.curve, "P-224");
	mintkey_clear(&k);
	k = chosen(f, "{}");
	assert_null(k.curve);
	mintkey_clear(&k);
}

static void
words_that_nobody_knows_are_refused(void **state)
{
	static const char *const specs[] = { "{\"alg\":\"HS255\"}", "{\"key\":\"x\"}",
		"{\"kid_of\":1}", "{\"sign\":{}}", "{\"sign\":{\"x\":\"AQ\"}}",
		"{\"sign\":{\"sig\":\"AQ\",\"x\":1}}", "{\"sign\":\"hmac:\"}" };

	(void)state;
	for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++) {
		json_t *o = json_loads(specs[i], 0, NULL);

		assert_int_equal(mintkey_check(o, NULL), E_CFG);
		json_decref(o);
	}
}

static void
octets_of_the_script_stand_for_a_signature(void **state)
{
	struct minted *f = *state;
	json_t *o = json_loads("{\"sign\":{\"sig\":\"AQID\"}}", 0, NULL);
	struct mintkey k;

	assert_int_equal(
	    mintkey_make(&k, &f->keys, keys_find(&f->keys, "rs256"), NULL, o, NULL), E_OK);
	assert_string_equal(k.octets, "AQID");
	assert_null(k.named);
	mintkey_clear(&k);
	json_decref(o);
}

static void
a_jwk_signs_with_its_own_numbers_under_our_kid_or_its_own(void **state)
{
	struct minted *f = *state;
	const char *d = json_string_value(json_object_get(keys_find(&f->keys, "es256")->priv, "d"));
	json_t *o = json_pack(
	    "{s:s, s:{s:s, s:s, s:s}}", "alg", "ES256", "key", "kty", "EC", "crv", "P-256", "d", d);
	struct mintkey k;

	assert_int_equal(
	    mintkey_make(&k, &f->keys, keys_find(&f->keys, "rs256"), NULL, o, NULL), E_OK);
	assert_string_equal(k.kid, keys_find(&f->keys, "rs256")->kid);
	assert_true(json_equal(k.priv, json_object_get(o, "key")));
	assert_null(k.named);
	mintkey_clear(&k);
	json_object_set_new(json_object_get(o, "key"), "kid", json_string("mine"));
	assert_int_equal(
	    mintkey_make(&k, &f->keys, keys_find(&f->keys, "rs256"), NULL, o, NULL), E_OK);
	assert_string_equal(k.kid, "mine");
	mintkey_clear(&k);
	json_object_set_new(o, "kid_of", json_string("enc"));
	assert_int_equal(
	    mintkey_make(&k, &f->keys, keys_find(&f->keys, "rs256"), NULL, o, NULL), E_OK);
	assert_string_equal(k.kid, keys_find(&f->keys, "enc")->kid);
	mintkey_clear(&k);
	json_decref(o);
}

/* The HMAC's key is these octets. */
static void
keyed(struct minted *f, const char *spec, enum alg_id sign, const void *octets, size_t len)
{
	bool libjwt = strstr(spec, "sign") == NULL && strstr(spec, "key") == NULL;
	struct mintkey k = chosen(f, spec);
	const char *text = json_string_value(json_object_get(k.priv, "k"));
	uint8_t raw[4096];
	size_t n = 0;

	assert_int_equal(k.sign->id, sign);
	assert_int_equal(k.named != NULL, libjwt);
	assert_non_null(text);
	assert_true(b64url_decode(raw, sizeof(raw), &n, text, strlen(text)));
	assert_int_equal(n, len);
	assert_memory_equal(raw, octets, len);
	mintkey_clear(&k);
}

static void
hmac_is_keyed_with_a_form_of_the_public_key(void **state)
{
	struct minted *f = *state;
	static const char *const forms[] = { "pem", "pem-nonl", "der", "pkcs1", "jwk", "n" };
	struct buf *b = buf_new(PUBFORM_MAX);

	for (size_t i = 0; i < 6; i++) {
		char spec[128];

		(void)snprintf(
		    spec, sizeof(spec), "{\"alg\":\"HS256\",\"sign\":\"hmac:%s\"}", forms[i]);
		buf_reset(b);
		assert_int_equal(
		    pubform_put(b, forms[i], keys_find(&f->keys, "rs256")->jwk, NULL), E_OK);
		keyed(f, spec, ALG_HS256, buf_data(b), buf_len(b));
	}
	buf_reset(b);
	assert_int_equal(pubform_put(b, "xy", keys_find(&f->keys, "es256")->jwk, NULL), E_OK);
	keyed(f, "{\"alg\":\"HS384\",\"key\":\"es256\",\"sign\":\"hmac:xy\"}", ALG_HS384,
	    buf_data(b), buf_len(b));
	keyed(f, "{\"sign\":\"hmac:empty\"}", ALG_HS256, "", 0);
	buf_free(b);
}

static void
its_hash_is_the_headers(void **state)
{
	struct minted *f = *state;

	keyed(f, "{\"alg\":\"HS512\",\"sign\":\"hmac:empty\"}", ALG_HS512, "", 0);
	keyed(f, "{\"alg\":\"RS384\",\"sign\":\"hmac:empty\"}", ALG_HS384, "", 0);
	keyed(f, "{\"alg\":\"ES512\",\"sign\":\"hmac:empty\"}", ALG_HS512, "", 0);
	keyed(f, "{\"alg\":\"none\",\"sign\":\"hmac:empty\"}", ALG_HS256, "", 0);
	keyed(f, "{\"alg\":\"EdDSA\",\"sign\":\"hmac:empty\"}", ALG_HS256, "", 0);
}

static void
hs_is_keyed_with_the_secret_or_a_key_of_that_type(void **state)
{
	struct minted *f = *state;

	keyed(f, "{\"alg\":\"HS256\"}", ALG_HS256, "s3", 2);
	keyed(f, "{\"alg\":\"RS256\",\"sign\":\"HS256\"}", ALG_HS256, "s3", 2);
	keyed(f, "{\"alg\":\"RS256\",\"sign\":\"hmac:secret\"}", ALG_HS256, "s3", 2);
	keyed(f, "{\"alg\":\"HS256\",\"key\":{\"kty\":\"oct\",\"k\":\"AQID\"}}", ALG_HS256,
	    "\1\2\3", 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_key_is_the_one_that_is_named_or_goes_with_the_algorithm),
		cmocka_unit_test(what_signs_may_be_other_than_what_the_header_says),
		cmocka_unit_test(words_that_nobody_knows_are_refused),
		cmocka_unit_test(octets_of_the_script_stand_for_a_signature),
		cmocka_unit_test(a_jwk_signs_with_its_own_numbers_under_our_kid_or_its_own),
		cmocka_unit_test(hmac_is_keyed_with_a_form_of_the_public_key),
		cmocka_unit_test(its_hash_is_the_headers),
		cmocka_unit_test(hs_is_keyed_with_the_secret_or_a_key_of_that_type),
	};
	return cmocka_run_group_tests(tests, minted_setup, minted_teardown);
}
