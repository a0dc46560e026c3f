/* The key set that a script makes. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jwkset.h"
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
made(struct keys *keys, const char *spec)
{
	json_t *o = json_loads(spec, 0, NULL), *set;

	assert_non_null(o);
	assert_int_equal(jwkset_check(o, NULL), E_OK);
	set = jwkset_make(keys, o, NULL);
	assert_non_null(set);
	json_decref(o);
	return set;
}

static json_t *
entry(const json_t *set, size_t i)
{
	return json_array_get(json_object_get(set, "keys"), i);
}

static size_t
entries(const json_t *set)
{
	return json_array_size(json_object_get(set, "keys"));
}

static void
without_a_script_it_is_the_providers(void **state)
{
	json_t *set = jwkset_make(*state, NULL, NULL), *want = keys_jwks(*state);

	assert_true(json_equal(set, want));
	json_decref(set);
	json_decref(want);
}

static void
names_and_keys_stand_as_they_are(void **state)
{
	json_t *set = made(*state,
	    "{\"keys\":[\"ps256\",\"old-rs256\",{\"kty\":\"oct\",\"k\":\"AQ\"},{\"raw\":null},"
	    "{\"raw\":{\"kid\":1}}]}");

	assert_int_equal(entries(set), 5);
	assert_true(json_equal(entry(set, 0), keys_find(*state, "ps256")->jwk));
	assert_true(json_equal(entry(set, 1), keys_find(*state, "old-rs256")->jwk));
	assert_string_equal(json_string_value(json_object_get(entry(set, 2), "k")), "AQ");
	assert_true(json_is_null(entry(set, 3)));
	assert_int_equal(json_integer_value(json_object_get(entry(set, 4), "kid")), 1);
	json_decref(set);
	set = made(*state, "{\"keys\":[]}");
	assert_int_equal(entries(set), 0);
	json_decref(set);
}

static void
a_key_is_changed_and_the_providers_is_not(void **state)
{
	const struct key *rs = keys_find(*state, "rs256");
	json_t *before = json_deep_copy(rs->jwk),
	       *set = made(*state,
	           "{\"keys\":[{\"of\":\"rs256\",\"kid\":\"k\",\"set\":{\"use\":\"enc\",\"x\":1},"
	           "\"drop\":[\"alg\"]},{\"of\":\"other-rs256\",\"kid_of\":\"rs256\"},"
	           "{\"of\":\"rs256\",\"mutate\":[\"n.even\",\"private\"]},"
	           "{\"of\":\"es256\",\"set\":{\"kid\":null}}]}");

	assert_string_equal(json_string_value(json_object_get(entry(set, 0), "kid")), "k");
	assert_string_equal(json_string_value(json_object_get(entry(set, 0), "use")), "enc");
	assert_int_equal(json_integer_value(json_object_get(entry(set, 0), "x")), 1);
	assert_null(json_object_get(entry(set, 0), "alg"));
	assert_string_equal(json_string_value(json_object_get(entry(set, 1), "kid")), rs->kid);
	assert_false(json_equal(json_object_get(entry(set, 1), "n"), json_object_get(before, "n")));
	assert_false(json_equal(json_object_get(entry(set, 2), "n"), json_object_get(before, "n")));
	assert_non_null(json_object_get(entry(set, 2), "d"));
	assert_true(json_is_null(json_object_get(entry(set, 3), "kid")));
	assert_true(json_equal(before, rs->jwk));
	json_decref(before);
	json_decref(set);
}

static void
there_may_be_many(void **state)
{
	json_t *set =
	    made(*state, "{\"keys\":[\"rs256\",{\"many\":70},{\"many\":2,\"kty\":\"EC\"}]}");

	assert_int_equal(entries(set), 73);
	assert_string_equal(json_string_value(json_object_get(entry(set, 72), "kty")), "EC");
	json_decref(set);
}

static void
the_document_may_be_one_key(void **state)
{
	json_t *doc = made(*state, "{\"jwk\":\"es256\"}");

	assert_true(json_equal(doc, keys_find(*state, "es256")->jwk));
	json_decref(doc);
	doc = made(*state, "{\"jwk\":{\"raw\":\"x\"}}");
	assert_string_equal(json_string_value(doc), "x");
	json_decref(doc);
}

/* Neither the check nor the making takes it. */
static void
says(struct keys *keys, const char *spec, const char *text)
{
	json_t *o = json_loads(spec, JSON_DECODE_ANY, NULL);
	struct err e = { .code = E_OK };

	assert_non_null(o);
	assert_int_equal(jwkset_check(o, &e), E_CFG);
	assert_string_equal(e.text, text);
	assert_null(jwkset_make(keys, o, NULL));
	json_decref(o);
}

static void
what_cannot_be_understood_is_said_with_its_place(void **state)
{
	says(*state, "[]", ": must be an object with keys or jwk alone");
	says(*state, "{}", ": must be an object with keys or jwk alone");
	says(*state, "{\"keys\":[],\"jwk\":\"rs256\"}",
	    ": must be an object with keys or jwk alone");
	says(*state, "{\"key\":[]}", ": must be an object with keys or jwk alone");
	says(*state, "{\"keys\":{}}", ".keys: must be an array");
	says(*state, "{\"keys\":[\"rs256\",\"rs257\"]}", ".keys[1]: no such key");
	says(*state, "{\"keys\":[1]}",
	    ".keys[0]: neither a key's name nor a JWK nor of, many or raw");
	says(*state, "{\"keys\":[{}]}",
	    ".keys[0]: neither a key's name nor a JWK nor of, many or raw");
	says(*state, "{\"keys\":[{\"raw\":1,\"x\":2}]}",
	    ".keys[0]: neither a key's name nor a JWK nor of, many or raw");
	says(*state, "{\"keys\":[{\"of\":\"x\"}]}", ".keys[0].of: no such key");
	says(*state, "{\"keys\":[{\"of\":\"rs256\",\"kty\":\"RSA\"}]}",
	    ".keys[0]: has of, kid, kid_of, set, drop and mutate, nothing else");
	says(*state, "{\"keys\":[{\"of\":\"rs256\",\"kid\":1}]}", ".keys[0].kid: must be a text");
	says(*state, "{\"keys\":[{\"of\":\"rs256\",\"kid_of\":\"x\"}]}",
	    ".keys[0].kid_of: must be a key's name, without kid");
	says(*state, "{\"keys\":[{\"of\":\"rs256\",\"kid_of\":\"es256\",\"kid\":\"x\"}]}",
	    ".keys[0].kid_of: must be a key's name, without kid");
	says(*state, "{\"keys\":[{\"of\":\"rs256\",\"set\":[]}]}",
	    ".keys[0].set: must be an object");
	says(*state, "{\"keys\":[{\"of\":\"rs256\",\"drop\":[1]}]}",
	    ".keys[0].drop: must be an array of names");
	says(*state, "{\"keys\":[{\"of\":\"rs256\",\"mutate\":\"n.even\"}]}",
	    ".keys[0].mutate: must be an array of mutators");
	says(*state, "{\"keys\":[{\"of\":\"rs256\",\"mutate\":[\"n.even\",\"n.evn\"]}]}",
	    ".keys[0].mutate[1]: unknown mutator n.evn");
	says(*state, "{\"keys\":[{\"of\":\"rs256\",\"mutate\":[[\"n.even\",1]]}]}",
	    ".keys[0].mutate[0]: n.even takes no argument");
	says(*state, "{\"keys\":[{\"many\":-1}]}", ".keys[0].many: must be 0 to 100000");
	says(*state, "{\"keys\":[{\"many\":100001}]}", ".keys[0].many: must be 0 to 100000");
	says(
	    *state, "{\"keys\":[{\"many\":1,\"kty\":\"OKP\"}]}", ".keys[0].kty: must be RSA or EC");
	says(*state, "{\"keys\":[{\"many\":1,\"x\":1}]}",
	    ".keys[0]: has many and kty, nothing else");
	says(*state, "{\"jwk\":{\"many\":2}}", ".jwk: is one key");
	says(*state, "{\"jwk\":\"x\"}", ".jwk: no such key");
}

static void
what_does_not_fit_is_said_with_its_place(void **state)
{
	json_t *o = json_loads(
	    "{\"keys\":[\"rs256\",{\"of\":\"es256\",\"mutate\":[\"private\",\"n.even\"]}]}", 0,
	    NULL);
	struct err e = { .code = E_OK };

	assert_int_equal(jwkset_check(o, NULL), E_OK);
	assert_null(jwkset_make(*state, o, &e));
	assert_string_equal(e.text, ".keys[1].mutate[1]: n.even does not fit the key");
	json_decref(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_script_it_is_the_providers),
		cmocka_unit_test(names_and_keys_stand_as_they_are),
		cmocka_unit_test(a_key_is_changed_and_the_providers_is_not),
		cmocka_unit_test(there_may_be_many),
		cmocka_unit_test(the_document_may_be_one_key),
		cmocka_unit_test(what_cannot_be_understood_is_said_with_its_place),
		cmocka_unit_test(what_does_not_fit_is_said_with_its_place),
	};
	return cmocka_run_group_tests(tests, set_up, take_down);
}
