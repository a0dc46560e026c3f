/* The issuer's signing keys. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/keys.h"
#include "tests/support/unit.h"

static const char *
str_of(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s == NULL ? "" : s;
}

static void
publishes_one_key_for_each_algorithm(void **state)
{
	struct keys keys;
	json_t *set, *rs, *es;

	(void)state;
	assert_int_equal(keys_make(&keys, NULL, NULL), E_OK);
	set = keys_jwks(&keys);
	assert_int_equal(json_array_size(json_object_get(set, "keys")), 2);
	rs = json_array_get(json_object_get(set, "keys"), 0);
	es = json_array_get(json_object_get(set, "keys"), 1);
	assert_string_equal(str_of(rs, "kty"), "RSA");
	assert_string_equal(str_of(rs, "alg"), "RS256");
	assert_string_equal(str_of(rs, "e"), "AQAB");
	assert_int_equal(strlen(str_of(rs, "n")), 342);
	assert_string_equal(str_of(es, "kty"), "EC");
	assert_string_equal(str_of(es, "crv"), "P-256");
	assert_string_equal(str_of(es, "use"), "sig");
	assert_int_equal(strlen(str_of(es, "x")), 43);
	assert_int_equal(strlen(str_of(es, "y")), 43);
	assert_string_equal(str_of(es, "kid"), keys.k[KEYS_ES256].kid);
	/* no private number gets out */
	assert_null(json_object_get(rs, "d"));
	assert_null(json_object_get(es, "d"));
	json_decref(set);
	keys_clear(&keys);
}

static void
key_ids_look_like_authelias(void **state)
{
	struct keys keys;

	(void)state;
	assert_int_equal(keys_make(&keys, NULL, NULL), E_OK);
	assert_int_equal(strlen(keys.k[KEYS_RS256].kid), 12);
	assert_string_equal(keys.k[KEYS_RS256].kid + 6, "-rs256");
	assert_string_equal(keys.k[KEYS_ES256].kid + 6, "-es256");
	assert_int_equal(strspn(keys.k[KEYS_ES256].kid, "0123456789abcdef"), 6);
	keys_clear(&keys);
}

static void
a_seeds_keys_are_the_same_each_time(void **state)
{
	const uint64_t seed = 5;
	struct keys a, b;

	(void)state;
	assert_int_equal(keys_make(&a, &seed, NULL), E_OK);
	assert_int_equal(keys_make(&b, &seed, NULL), E_OK);
	for (int i = 0; i < KEYS_ALGS; i++) {
		assert_true(a.k[i].seeded);
		assert_true(json_equal(a.k[i].jwk, b.k[i].jwk));
		assert_string_equal(a.k[i].pem, b.k[i].pem);
	}
	keys_clear(&a);
	keys_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(publishes_one_key_for_each_algorithm),
		cmocka_unit_test(key_ids_look_like_authelias),
		cmocka_unit_test(a_seeds_keys_are_the_same_each_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
