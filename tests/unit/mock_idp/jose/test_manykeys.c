/* Many public keys. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/manykeys.h"
#include "tests/support/unit.h"

static void
they_are_keys_and_all_different(void **state)
{
	static const char *const types[] = { "RSA", "EC" };

	(void)state;
	for (int t = 0; t < 2; t++) {
		json_t *list = json_array(), *kids = json_object(), *numbers = json_object();

		assert_true(manykeys_add(list, types[t], 100));
		assert_int_equal(json_array_size(list), 100);
		for (size_t i = 0; i < 100; i++) {
			json_t *jwk = json_array_get(list, i);
			EVP_PKEY *key = jwkread_pkey(jwk);

			assert_int_equal(EVP_PKEY_get_bits(key), t == 0 ? 2048 : 256);
			EVP_PKEY_free(key);
			json_object_set_new(
			    kids, json_string_value(json_object_get(jwk, "kid")), json_true());
			json_object_set_new(numbers,
			    json_string_value(json_object_get(jwk, t == 0 ? "n" : "x")),
			    json_true());
		}
		assert_int_equal(json_object_size(kids), 100);
		assert_int_equal(json_object_size(numbers), 100);
		json_decref(list);
		json_decref(kids);
		json_decref(numbers);
	}
}

static void
they_are_always_the_same(void **state)
{
	json_t *a = json_array(), *b = json_array();

	(void)state;
	assert_true(manykeys_add(a, "RSA", 3));
	assert_true(manykeys_add(a, "EC", 0));
	assert_true(manykeys_add(b, "RSA", 3));
	assert_true(json_equal(a, b));
	json_decref(a);
	json_decref(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_are_keys_and_all_different),
		cmocka_unit_test(they_are_always_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
