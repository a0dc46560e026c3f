/* Forms of a public key that pass for a secret. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/pem.h>

#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/keys.h"
#include "mock_idp/jose/pubform.h"
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

static struct buf *
form(struct keys *keys, const char *name, const char *form)
{
	struct buf *b = buf_new(PUBFORM_MAX);

	assert_true(pubform_is(form));
	assert_int_equal(pubform_put(b, form, keys_find(keys, name)->jwk, NULL), E_OK);
	return b;
}

static void
pem_is_what_openssl_writes(void **state)
{
	static const char *const names[] = { "rs256", "es256", "ed25519" };

	for (int i = 0; i < 3; i++) {
		struct buf *pem = form(*state, names[i], "pem"),
		           *bare = form(*state, names[i], "pem-nonl"),
		           *der = form(*state, names[i], "der");
		EVP_PKEY *key = keys_find(*state, names[i])->pkey;
		BIO *bio = BIO_new(BIO_s_mem());
		unsigned char *want = NULL;
		char *text;

		assert_int_equal(PEM_write_bio_PUBKEY(bio, key), 1);
		assert_int_equal(BIO_get_mem_data(bio, &text), buf_len(pem));
		assert_memory_equal(buf_data(pem), text, buf_len(pem));
		assert_int_equal(buf_len(bare), buf_len(pem) - 1);
		assert_memory_equal(buf_data(bare), text, buf_len(bare));
		assert_int_equal(buf_data(bare)[buf_len(bare) - 1], '-');
		assert_int_equal(i2d_PUBKEY(key, &want), buf_len(der));
		assert_memory_equal(buf_data(der), want, buf_len(der));
		OPENSSL_free(want);
		BIO_free(bio);
		buf_free(pem);
		buf_free(bare);
		buf_free(der);
	}
}

static void
pkcs1_is_rsas_alone(void **state)
{
	struct buf *b = form(*state, "rs256", "pkcs1");
	struct err e = { .code = E_OK };

	assert_memory_equal(buf_data(b), "-----BEGIN RSA PUBLIC KEY-----\n", 31);
	buf_reset(b);
	assert_int_equal(pubform_put(b, "pkcs1", keys_find(*state, "es256")->jwk, &e), E_FORMAT);
	assert_string_equal(e.text, "the key has no form pkcs1");
	assert_int_equal(buf_len(b), 0);
	buf_free(b);
}

static void
the_numbers_are_octets(void **state)
{
	struct buf *n = form(*state, "rs256", "n"), *xy = form(*state, "es256", "xy"),
	           *x = form(*state, "ed25519", "xy"), *none = form(*state, "es256", "empty");
	uint8_t raw[JWKREAD_MAX];
	size_t len;

	assert_int_equal(buf_len(n), 256);
	assert_int_equal(buf_len(xy), 64);
	assert_true(jwkread_octets(keys_find(*state, "es256")->jwk, "y", raw, &len));
	assert_memory_equal(buf_data(xy) + 32, raw, 32);
	assert_int_equal(buf_len(x), 32);
	assert_int_equal(buf_len(none), 0);
	assert_int_equal(pubform_put(n, "n", keys_find(*state, "es256")->jwk, NULL), E_FORMAT);
	assert_int_equal(pubform_put(n, "xy", keys_find(*state, "rs256")->jwk, NULL), E_FORMAT);
	buf_free(n);
	buf_free(xy);
	buf_free(x);
	buf_free(none);
}

static void
the_jwk_is_its_text_in_the_key_set(void **state)
{
	struct buf *b = form(*state, "es256", "jwk");
	char *text = json_dumps(keys_find(*state, "es256")->jwk, JSON_COMPACT);

	assert_string_equal(buf_cstr(b), text);
	free(text);
	buf_free(b);
}

static void
there_are_no_other_forms(void **state)
{
	struct buf *b = buf_new(10);

	assert_false(pubform_is(""));
	assert_false(pubform_is("PEM"));
	assert_false(pubform_is("secret"));
	assert_int_equal(pubform_put(b, "PEM", keys_find(*state, "es256")->jwk, NULL), E_FORMAT);
	/* and none that is cut */
	assert_int_equal(pubform_put(b, "der", keys_find(*state, "es256")->jwk, NULL), E_LIMIT);
	buf_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pem_is_what_openssl_writes),
		cmocka_unit_test(pkcs1_is_rsas_alone),
		cmocka_unit_test(the_numbers_are_octets),
		cmocka_unit_test(the_jwk_is_its_text_in_the_key_set),
		cmocka_unit_test(there_are_no_other_forms),
	};
	return cmocka_run_group_tests(tests, set_up, take_down);
}
