/* Mutators of a key in the key set: what exactly is different from its twin. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/mutate_jwk.h"
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

/* The key's JWK after that mutator; NULL: it does not fit. */
static json_t *
changed(struct keys *keys, const char *key, const char *name)
{
	const struct key *k = keys_find(keys, key);
	json_t *jwk = json_deep_copy(k->jwk);
	struct mutate m = { .name = name };
	struct err e = { .code = E_OK };

	assert_string_equal(mutate_jwk_args(name), "");
	if (mutate_jwk_apply(&m, k, jwk, &e) == E_OK)
		return jwk;
	assert_int_equal(strncmp(e.text, ": ", 2), 0);
	json_decref(jwk);
	return NULL;
}

/* Of the twin's members, these alone (blank-separated) are other ones. */
static json_t *
differs_in(struct keys *keys, const char *key, const char *name, const char *members)
{
	json_t *twin = keys_find(keys, key)->jwk, *jwk = changed(keys, key, name), *v;
	const char *member;

	assert_non_null(jwk);
	json_object_foreach(twin, member, v) assert_int_equal(
	    json_equal(v, json_object_get(jwk, member)), strstr(members, member) == NULL);
	return jwk;
}

static size_t
octets(const json_t *jwk, const char *name, uint8_t *raw)
{
	size_t len = 0;

	assert_true(jwkread_octets(jwk, name, raw, &len));
	return len;
}

static void
a_coordinate_is_too_short_or_too_long(void **state)
{
	uint8_t was[JWKREAD_MAX], is[JWKREAD_MAX];
	json_t *jwk = differs_in(*state, "es256", "coord.short", "x");

	assert_int_equal(octets(keys_find(*state, "es256")->jwk, "x", was), 32);
	assert_int_equal(octets(jwk, "x", is), 31);
	assert_memory_equal(is, was + 1, 31);
	json_decref(jwk);
	jwk = differs_in(*state, "es256", "coord.long", "x");
	assert_int_equal(octets(jwk, "x", is), 33);
	assert_int_equal(is[0], 0);
	assert_memory_equal(is + 1, was, 32);
	json_decref(jwk);
}

static void
a_point_is_not_on_the_curve(void **state)
{
	static const char *const names[] = { "coord.off", "coord.zero", "coord.swap", "coord.big" };
	static const char *const members[] = { "y", "x y", "x y", "x y" };
	static const char *const keys[] = { "es256", "es384", "es512" };

	for (int k = 0; k < 3; k++)
		for (int i = 0; i < 4; i++) {
			json_t *jwk = differs_in(*state, keys[k], names[i], members[i]);
			EVP_PKEY *key = jwkread_pkey(jwk);

			/* OpenSSL is not fooled */
			assert_null(key);
			json_decref(jwk);
		}
}

static void
what_is_zero_or_swapped_is_so(void **state)
{
	json_t *twin = keys_find(*state, "es256")->jwk,
	       *jwk = differs_in(*state, "es256", "coord.swap", "x y");
	uint8_t raw[JWKREAD_MAX];
	static const uint8_t zero[32];

	assert_true(json_equal(json_object_get(jwk, "x"), json_object_get(twin, "y")));
	assert_true(json_equal(json_object_get(jwk, "y"), json_object_get(twin, "x")));
	json_decref(jwk);
	jwk = differs_in(*state, "es256", "coord.zero", "x y");
	assert_int_equal(octets(jwk, "x", raw), 32);
	assert_memory_equal(raw, zero, 32);
	assert_int_equal(octets(jwk, "y", raw), 32);
	assert_memory_equal(raw, zero, 32);
	json_decref(jwk);
}

/* The same y goes with x = 0, which is on the curve. */
static void
a_coordinate_is_the_prime(void **state)
{
	static const char *const keys[] = { "es256", "es384", "es512" };
	static const size_t width[] = { 32, 48, 66 };

	for (int i = 0; i < 3; i++) {
		json_t *jwk = differs_in(*state, keys[i], "coord.big", "x y");
		uint8_t raw[JWKREAD_MAX];
		char zero[100] = { 0 };
		EVP_PKEY *key;

		assert_int_equal(octets(jwk, "x", raw), width[i]);
		assert_int_equal(raw[width[i] - 1], 0xff);
		memset(zero, 'A', (width[i] * 4 + 2) / 3);
		json_object_set_new(jwk, "x", json_string(zero));
		key = jwkread_pkey(jwk);
		assert_non_null(key);
		EVP_PKEY_free(key);
		json_decref(jwk);
	}
}

static void
a_modulus_is_written_or_made_badly(void **state)
{
	uint8_t was[JWKREAD_MAX], is[JWKREAD_MAX];
	json_t *jwk = differs_in(*state, "rs256", "n.lead", "n");

	assert_int_equal(octets(keys_find(*state, "rs256")->jwk, "n", was), 256);
	assert_int_equal(octets(jwk, "n", is), 257);
	assert_int_equal(is[0], 0);
	assert_memory_equal(is + 1, was, 256);
	json_decref(jwk);
	jwk = differs_in(*state, "rs256", "n.even", "n");
	assert_int_equal(octets(jwk, "n", is), 256);
	assert_int_equal(is[255], was[255] - 1);
	assert_memory_equal(is, was, 255);
	json_decref(jwk);
}

static void
padded(struct keys *keys, const char *key, const char *name, const char *members,
    const char *member, const char *padding)
{
	json_t *jwk = differs_in(keys, key, name, members),
	       *want = json_sprintf("%s%s",
	           json_string_value(json_object_get(keys_find(keys, key)->jwk, member)), padding);

	assert_true(json_equal(json_object_get(jwk, member), want));
	json_decref(jwk);
	json_decref(want);
}

static void
numbers_are_padded(void **state)
{
	padded(*state, "rs256", "n.pad", "n", "n", "==");
	padded(*state, "rs256", "e.pad", "e", "e", "=");
	padded(*state, "rs256", "b64.pad", "n e", "n", "==");
	padded(*state, "rs256", "b64.pad", "n e", "e", "=");
	padded(*state, "es256", "b64.pad", "x y", "x", "=");
	padded(*state, "ed25519", "b64.pad", "x", "x", "=");
}

static void
private_numbers_get_out(void **state)
{
	static const char *const keys[] = { "rs256", "es256", "ed25519", "rsa512" };

	for (int i = 0; i < 4; i++) {
		json_t *jwk = differs_in(*state, keys[i], "private", "");

		assert_true(json_equal(jwk, keys_find(*state, keys[i])->priv));
		json_decref(jwk);
	}
}

static void
what_does_not_fit_the_type_is_an_error(void **state)
{
	static const char *const rows[][2] = { { "rs256", "coord.short" },
		{ "rs256", "coord.long" }, { "rs256", "coord.off" }, { "rs256", "coord.zero" },
		{ "rs256", "coord.swap" }, { "rs256", "coord.big" }, { "ed25519", "coord.off" },
		{ "ed25519", "coord.zero" }, { "ed25519", "coord.swap" },
		{ "ed25519", "coord.big" }, { "es256", "n.lead" }, { "es256", "n.even" },
		{ "es256", "n.pad" }, { "es256", "e.pad" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_null(changed(*state, rows[i][0], rows[i][1]));
	assert_null(mutate_jwk_args("n.evn"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_coordinate_is_too_short_or_too_long),
		cmocka_unit_test(a_point_is_not_on_the_curve),
		cmocka_unit_test(what_is_zero_or_swapped_is_so),
		cmocka_unit_test(a_coordinate_is_the_prime),
		cmocka_unit_test(a_modulus_is_written_or_made_badly),
		cmocka_unit_test(numbers_are_padded),
		cmocka_unit_test(private_numbers_get_out),
		cmocka_unit_test(what_does_not_fit_the_type_is_an_error),
	};
	return cmocka_run_group_tests(tests, set_up, take_down);
}
