/* The provider's keys by name. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/keys.h"
#include "tests/support/unit.h"

static const char *const names[] = { "rs256", "rs384", "rs512", "ps256", "ps384", "ps512", "es256",
	"es384", "es512", "ed25519", "old-rs256", "old-es512", "other-rs256", "other-es256", "enc",
	"p224", "secp256k1", "bp256", "ed448", "rsa512", "rsa1024", "rsa2047", "rsa16384", "rsa-e1",
	"rsa-e3", "rsa-even", "rsa-roca" };

#define NAMES (sizeof(names) / sizeof(names[0]))

static const char *
str_of(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s == NULL ? "" : s;
}

static const char *
member(const struct key *k, const char *name)
{
	assert_non_null(k);
	return str_of(k->jwk, name);
}

static void
publishes_rs256_and_es256(void **state)
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
	assert_string_equal(str_of(es, "kid"), keys_of(&keys, ALG_ES256)->kid);
	/* no private number gets out */
	assert_null(json_object_get(rs, "d"));
	assert_null(json_object_get(es, "d"));
	json_decref(set);
	keys_clear(&keys);
}

static void
publishes_what_it_is_told_to_besides(void **state)
{
	struct keys keys;
	json_t *set, *ed;

	(void)state;
	assert_int_equal(keys_make(&keys, NULL, NULL), E_OK);
	keys_publish(&keys, ALG_EDDSA);
	keys_publish(&keys, ALG_RS256);
	keys_publish(&keys, ALG_HS256);
	set = keys_jwks(&keys);
	assert_int_equal(json_array_size(json_object_get(set, "keys")), 3);
	ed = json_array_get(json_object_get(set, "keys"), 2);
	assert_string_equal(str_of(ed, "kty"), "OKP");
	assert_string_equal(str_of(ed, "crv"), "Ed25519");
	assert_string_equal(str_of(ed, "alg"), "EdDSA");
	assert_int_equal(strlen(str_of(ed, "x")), 43);
	assert_null(json_object_get(ed, "y"));
	assert_null(json_object_get(ed, "d"));
	json_decref(set);
	keys_clear(&keys);
}

static void
key_ids_look_like_authelias(void **state)
{
	struct keys keys;
	const struct key *rs, *es;

	(void)state;
	assert_int_equal(keys_make(&keys, NULL, NULL), E_OK);
	rs = keys_find(&keys, "rs256");
	es = keys_find(&keys, "other-es256");
	assert_int_equal(strlen(rs->kid), 12);
	assert_string_equal(rs->kid + 6, "-rs256");
	assert_string_equal(es->kid + 6, "-es256");
	assert_int_equal(strspn(es->kid, "0123456789abcdef"), 6);
	assert_string_equal(keys_of(&keys, ALG_EDDSA)->kid + 6, "-eddsa");
	keys_clear(&keys);
}

static void
no_name_gives_the_key_of_another(void **state)
{
	struct keys keys;

	(void)state;
	assert_int_equal(keys_make(&keys, NULL, NULL), E_OK);
	for (size_t i = 0; i < NAMES; i++) {
		const struct key *k = keys_find(&keys, names[i]);

		assert_true(keys_name(names[i]));
		assert_non_null(k);
		assert_ptr_equal(keys_find(&keys, names[i]), k);
		assert_non_null(json_object_get(k->priv, "d"));
		assert_null(json_object_get(k->jwk, "d"));
		for (size_t j = 0; j < i; j++) {
			const struct key *other = keys_find(&keys, names[j]);

			assert_string_not_equal(k->kid, other->kid);
			assert_false(json_equal(k->jwk, other->jwk));
		}
	}
	keys_clear(&keys);
}

static void
there_is_nothing_under_other_names(void **state)
{
	static const char *const none[] = { "", "RS256", "rs256 ", "rs", "old-", "old-enc",
		"old-rsa512", "old-old-rs256", "hs256", "none" };
	struct keys keys;

	(void)state;
	assert_int_equal(keys_make(&keys, NULL, NULL), E_OK);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		assert_false(keys_name(none[i]));
		assert_null(keys_find(&keys, none[i]));
	}
	assert_null(keys_of(&keys, ALG_HS256));
	assert_null(keys_of(&keys, ALG_NONE));
	keys_clear(&keys);
}

static void
each_key_says_what_it_is_for(void **state)
{
	struct keys keys;

	(void)state;
	assert_int_equal(keys_make(&keys, NULL, NULL), E_OK);
	assert_string_equal(member(keys_find(&keys, "enc"), "use"), "enc");
	assert_string_equal(member(keys_find(&keys, "enc"), "alg"), "RSA-OAEP");
	assert_string_equal(member(keys_find(&keys, "es384"), "crv"), "P-384");
	assert_string_equal(member(keys_find(&keys, "es512"), "crv"), "P-521");
	assert_string_equal(member(keys_find(&keys, "p224"), "crv"), "P-224");
	assert_string_equal(member(keys_find(&keys, "secp256k1"), "crv"), "secp256k1");
	assert_string_equal(member(keys_find(&keys, "ed448"), "crv"), "Ed448");
	assert_int_equal(strlen(member(keys_find(&keys, "es512"), "x")), 88);
	assert_string_equal(member(keys_find(&keys, "rsa-e3"), "e"), "Aw");
	assert_string_equal(member(keys_find(&keys, "rsa-e1"), "e"), "AQ");
	assert_int_equal(keys_find(&keys, "ps384")->alg->id, ALG_PS384);
	keys_clear(&keys);
}

static void
a_rotation_replaces_the_keys_and_keeps_one_generation(void **state)
{
	struct keys keys;
	json_t *first, *second, *set, *before;
	char kid[24];

	(void)state;
	assert_int_equal(keys_make(&keys, NULL, NULL), E_OK);
	before = json_incref(keys_find(&keys, "old-rs256")->jwk);
	first = json_incref(keys_find(&keys, "rs256")->jwk);
	(void)strcpy(kid, keys_find(&keys, "other-rs256")->kid);
	keys_rotate(&keys);
	second = json_incref(keys_find(&keys, "rs256")->jwk);
	assert_false(json_equal(first, second));
	assert_false(json_equal(first, before));
	assert_false(json_equal(second, before));
	assert_ptr_equal(keys_find(&keys, "old-rs256")->jwk, first);
	assert_string_equal(keys_find(&keys, "other-rs256")->kid, kid);
	set = keys_jwks(&keys);
	assert_int_equal(json_array_size(json_object_get(set, "keys")), 2);
	assert_ptr_equal(json_array_get(json_object_get(set, "keys"), 0), second);
	keys_rotate(&keys);
	assert_ptr_equal(keys_find(&keys, "old-rs256")->jwk, second);
	json_decref(set);
	json_decref(before);
	json_decref(first);
	json_decref(second);
	keys_clear(&keys);
}

/* However often: pairs of primes are used again only when their keys are gone. */
static void
keys_that_live_together_differ_after_many_rotations(void **state)
{
	static const char *const live[] = { "rs256", "rs384", "rs512", "ps256", "ps384", "ps512",
		"old-rs256", "old-rs384", "old-rs512", "old-ps256", "old-ps384", "old-ps512",
		"other-rs256", "enc" };
	struct keys keys;

	(void)state;
	assert_int_equal(keys_make(&keys, NULL, NULL), E_OK);
	for (int n = 0; n < 100; n++) {
		for (size_t i = 0; i < sizeof(live) / sizeof(live[0]); i++)
			for (size_t j = 0; j < i; j++)
				assert_false(
				    json_equal(json_object_get(keys_find(&keys, live[i])->jwk, "n"),
				        json_object_get(keys_find(&keys, live[j])->jwk, "n")));
		keys_rotate(&keys);
	}
	keys_clear(&keys);
}

static void
old_keys_that_nobody_asked_for_in_time_are_there_too(void **state)
{
	const uint64_t seed = 5;
	struct keys a, b;
	char kid[24];

	(void)state;
	assert_int_equal(keys_make(&a, &seed, NULL), E_OK);
	assert_int_equal(keys_make(&b, &seed, NULL), E_OK);
	(void)strcpy(kid, keys_find(&a, "es384")->kid);
	keys_rotate(&a);
	keys_rotate(&b);
	assert_string_equal(keys_find(&a, "old-es384")->kid, kid);
	assert_string_equal(keys_find(&b, "old-es384")->kid, kid);
	keys_clear(&a);
	keys_clear(&b);
}

static void
a_seeds_keys_are_the_same_whatever_the_order(void **state)
{
	const uint64_t seed = 5, other = 6;
	struct keys a, b, c;

	(void)state;
	assert_int_equal(keys_make(&a, &seed, NULL), E_OK);
	assert_int_equal(keys_make(&b, &seed, NULL), E_OK);
	assert_int_equal(keys_make(&c, &other, NULL), E_OK);
	for (size_t i = 0; i < NAMES; i++)
		assert_non_null(keys_find(&b, names[NAMES - 1 - i]));
	for (size_t i = 0; i < NAMES; i++) {
		const struct key *k = keys_find(&a, names[i]);

		assert_true(k->seeded);
		assert_true(json_equal(k->priv, keys_find(&b, names[i])->priv));
		if (strncmp(names[i], "rsa", 3) != 0)
			assert_false(json_equal(k->priv, keys_find(&c, names[i])->priv));
	}
	keys_clear(&a);
	keys_clear(&b);
	keys_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(publishes_rs256_and_es256),
		cmocka_unit_test(publishes_what_it_is_told_to_besides),
		cmocka_unit_test(key_ids_look_like_authelias),
		cmocka_unit_test(no_name_gives_the_key_of_another),
		cmocka_unit_test(there_is_nothing_under_other_names),
		cmocka_unit_test(each_key_says_what_it_is_for),
		cmocka_unit_test(a_rotation_replaces_the_keys_and_keeps_one_generation),
		cmocka_unit_test(keys_that_live_together_differ_after_many_rotations),
		cmocka_unit_test(old_keys_that_nobody_asked_for_in_time_are_there_too),
		cmocka_unit_test(a_seeds_keys_are_the_same_whatever_the_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
