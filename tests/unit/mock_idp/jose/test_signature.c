/* Signatures over any octets. */
#include "config.h"

#include "mock_idp/drbg.h"
#include "mock_idp/jose/keys.h"
#include "mock_idp/jose/signature.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/jose/verify.h"

struct fix {
	struct keys keys;
	struct buf *sig;
};

static int
set_up(void **state)
{
	static struct fix f;

	*state = &f;
	f.sig = buf_new(SIGNATURE_MAX);
	return keys_make(&f.keys, NULL, NULL) == E_OK ? 0 : -1;
}

static int
take_down(void **state)
{
	struct fix *f = *state;

	keys_clear(&f->keys);
	buf_free(f->sig);
	return 0;
}

static struct signature
by(struct fix *f, enum alg_id id, const char *key)
{
	buf_reset(f->sig);
	return (struct signature){ .alg = alg_row(id),
		.key = keys_find(&f->keys, key)->priv,
		.ids = &ids_system,
		.salt = -1 };
}

static bool
good(struct fix *f, const struct signature *s, const char *key, const char *msg)
{
	return verify_octets(keys_find(&f->keys, key)->pkey, s->alg, msg, strlen(msg),
	    buf_data(f->sig), buf_len(f->sig));
}

static void
every_algorithm_verifies_with_openssl(void **state)
{
	struct fix *f = *state;

	for (int i = 0; i < ALG_PUBLIC; i++) {
		const char *key = alg_row((enum alg_id)i)->key;
		struct signature s = by(f, (enum alg_id)i, key);

		assert_int_equal(signature_make(&s, "msg", 3, f->sig, NULL), E_OK);
		assert_true(good(f, &s, key, "msg"));
		assert_false(good(f, &s, key, "mag"));
	}
}

static void
any_curve_signs_under_any_es(void **state)
{
	struct fix *f = *state;
	static const char *const names[] = { "es384", "es512", "p224", "secp256k1", "bp256" };
	static const size_t octets[] = { 96, 132, 56, 64, 64 };

	for (size_t i = 0; i < 5; i++) {
		struct signature s = by(f, ALG_ES256, names[i]);
		struct alg odd = *s.alg;

		assert_int_equal(signature_make(&s, "msg", 3, f->sig, NULL), E_OK);
		assert_int_equal(buf_len(f->sig), octets[i]);
		odd.coord = octets[i] / 2;
		assert_true(verify_octets(keys_find(&f->keys, names[i])->pkey, &odd, "msg", 3,
		    buf_data(f->sig), buf_len(f->sig)));
	}
}

static void
ed448_signs_under_eddsa(void **state)
{
	struct fix *f = *state;
	struct signature s = by(f, ALG_EDDSA, "ed448");

	assert_int_equal(signature_make(&s, "msg", 3, f->sig, NULL), E_OK);
	assert_int_equal(buf_len(f->sig), 114);
	assert_true(good(f, &s, "ed448", "msg"));
}

static void
hmac_takes_the_octets_of_k(void **state)
{
	struct fix *f = *state;
	/* RFC 4231 section 4.3: "Jefe" and the question */
	static const uint8_t want[] = { 0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e };
	struct signature s = by(f, ALG_HS256, "rs256");
	json_t *key = json_pack("{s:s, s:s}", "kty", "oct", "k", "SmVmZQ");

	s.key = key;
	assert_int_equal(
	    signature_make(&s, "what do ya want for nothing?", 28, f->sig, NULL), E_OK);
	assert_int_equal(buf_len(f->sig), 32);
	assert_memory_equal(buf_data(f->sig), want, sizeof(want));
	buf_reset(f->sig);
	json_object_set_new(key, "k", json_string(""));
	assert_int_equal(signature_make(&s, "x", 1, f->sig, NULL), E_OK);
	assert_int_equal(buf_len(f->sig), 32);
	json_decref(key);
}

static void
none_is_nothing(void **state)
{
	struct fix *f = *state;
	struct signature s = by(f, ALG_NONE, "rs256");

	assert_int_equal(signature_make(&s, "msg", 3, f->sig, NULL), E_OK);
	assert_int_equal(buf_len(f->sig), 0);
}

static void
the_salt_is_as_long_as_asked_and_from_ids(void **state)
{
	struct fix *f = *state;
	struct signature s = by(f, ALG_PS256, "ps256");
	uint8_t first[256];
	struct drbg d;
	struct ids seeded = { drbg_fill, &d };

	s.ids = &seeded;
	drbg_init(&d, 1, "x");
	assert_int_equal(signature_make(&s, "msg", 3, f->sig, NULL), E_OK);
	memcpy(first, buf_data(f->sig), 256);
	buf_reset(f->sig);
	assert_int_equal(signature_make(&s, "msg", 3, f->sig, NULL), E_OK);
	assert_memory_not_equal(buf_data(f->sig), first, 256);
	buf_reset(f->sig);
	drbg_init(&d, 1, "x");
	assert_int_equal(signature_make(&s, "msg", 3, f->sig, NULL), E_OK);
	assert_memory_equal(buf_data(f->sig), first, 256);
	buf_reset(f->sig);
	s.salt = 7;
	s.mgf1 = "SHA1";
	assert_int_equal(signature_make(&s, "msg", 3, f->sig, NULL), E_OK);
	assert_true(verify_pss(keys_find(&f->keys, "ps256")->pkey, s.alg, 7, "SHA1", "msg", 3,
	    buf_data(f->sig), buf_len(f->sig)));
}

static void
a_key_of_another_type_signs_nothing(void **state)
{
	struct fix *f = *state;
	static const struct {
		enum alg_id id;
		const char *key;
	} rows[] = { { ALG_RS256, "es256" }, { ALG_PS256, "ed25519" }, { ALG_ES256, "rs256" },
		{ ALG_EDDSA, "es256" }, { ALG_HS256, "rs256" }, { ALG_RS512, "rsa512" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct signature s = by(f, rows[i].id, rows[i].key);
		struct err e = { .code = E_OK };

		assert_int_equal(signature_make(&s, "msg", 3, f->sig, &e), E_FORMAT);
		assert_int_equal(buf_len(f->sig), 0);
		assert_int_equal(e.code, E_FORMAT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_algorithm_verifies_with_openssl),
		cmocka_unit_test(any_curve_signs_under_any_es),
		cmocka_unit_test(ed448_signs_under_eddsa),
		cmocka_unit_test(hmac_takes_the_octets_of_k),
		cmocka_unit_test(none_is_nothing),
		cmocka_unit_test(the_salt_is_as_long_as_asked_and_from_ids),
		cmocka_unit_test(a_key_of_another_type_signs_nothing),
	};
	return cmocka_run_group_tests(tests, set_up, take_down);
}
