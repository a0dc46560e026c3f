/* The grammar of a script's token object. */
#include "config.h"

#include "mock_idp/jose/mint.h"
#include "mock_idp/jose/mintspec.h"
#include "tests/support/unit.h"

/* text NULL: it is right */
static void
says(const char *spec, const char *text)
{
	struct err e = { .code = E_OK };
	json_t *o = json_loads(spec, JSON_DECODE_ANY, NULL);

	assert_non_null(o);
	assert_int_equal(mint_check(o, &e), text == NULL ? E_OK : E_CFG);
	assert_string_equal(e.text, text == NULL ? "" : text);
	json_decref(o);
}

static void
what_can_be_understood_is_right(void **state)
{
	(void)state;
	says("{}", NULL);
	says("{\"alg\":\"PS384\",\"key\":\"other-rs256\",\"kid_of\":\"old-rs256\",\"sign\":"
	     "\"RS256\"}",
	    NULL);
	says("{\"header\":{\"set\":{\"a\":null},\"drop\":[\"b\"]},\"claims\":{\"text\":\"\"}}",
	    NULL);
	says("{\"text\":\"\"}", NULL);
	says("{\"key\":{\"kty\":\"RSA\",\"n\":\"AQ\",\"d\":\"AQ\"},\"sign\":{\"sig\":\"AQ\"}}",
	    NULL);
	says("{\"mutate\":[]}", NULL);
	says("{\"mutate\":[[\"json.dup\",\"payload\",\"sub\",\"root\"],[\"json.bom\",\"header\"],"
	     "\"sig.zero\",[\"sig.flip\",3],[\"b64.junk\",\"signature\",\"*\"],[\"seg.add\",\"\"],"
	     "[\"pss.salt\",0],[\"pss.mgf1\",\"sha1\"],[\"sig.covers\",\"clean\"],\"sig.leading0\","
	     "[\"token.pad\",9],\"jwt.nest\",\"jwe.wrap\"]}",
	    NULL);
}

static void
what_is_no_token_object_is_refused(void **state)
{
	(void)state;
	says("[]", ": must be an object");
	says("\"x\"", ": must be an object");
	says("{\"algo\":\"RS256\"}", ": unknown member algo");
	says("{\"alg\":\"RS256\",\"x\":1}", ": unknown member x");
	says("{\"text\":1}", ".text: must be a text, and alone");
	says("{\"text\":\"a\",\"alg\":\"RS256\"}", ".text: must be a text, and alone");
}

static void
words_that_nobody_knows_are_refused_in_their_place(void **state)
{
	(void)state;
	says("{\"alg\":\"rs256\"}", ".alg: no such algorithm");
	says("{\"alg\":null}", ".alg: no such algorithm");
	says("{\"key\":\"rs257\"}", ".key: neither a key's name nor a JWK");
	says("{\"key\":1}", ".key: neither a key's name nor a JWK");
	says("{\"key\":{\"kty\":\"RSA\",\"n\":\"AQ\"}}", ".key.d: is missing");
	says("{\"kid_of\":\"x\"}", ".kid_of: no such key");
	says("{\"kid_of\":{}}", ".kid_of: no such key");
	says("{\"sign\":\"hmac\"}", ".sign: no such way to sign");
	says("{\"sign\":\"hmac:x\"}", ".sign: no such way to sign");
	says("{\"sign\":\"xhmac:pem\"}", ".sign: no such way to sign");
	says("{\"sign\":\"None\"}", ".sign: no such way to sign");
	says("{\"sign\":{\"sig\":\"=\"}}", ".sign: no such way to sign");
	says("{\"sign\":{\"sig\":\"AQ\",\"x\":1}}", ".sign: no such way to sign");
	says("{\"sign\":[]}", ".sign: no such way to sign");
}

static void
every_way_to_sign_is_known(void **state)
{
	static const char *const words[] = { "none", "HS512", "EdDSA", "hmac:pem", "hmac:pem-nonl",
		"hmac:pkcs1", "hmac:der", "hmac:jwk", "hmac:n", "hmac:xy", "hmac:empty",
		"hmac:secret" };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		json_t *o = json_pack("{s:s}", "sign", words[i]);

		assert_int_equal(mint_check(o, NULL), E_OK);
		json_decref(o);
	}
}

static void
header_and_claims_have_three_members(void **state)
{
	(void)state;
	says("{\"header\":[]}", ".header: must be an object");
	says("{\"header\":{\"sett\":{}}}", ".header: has set, drop and text, nothing else");
	says("{\"claims\":{\"set\":[]}}", ".claims.set: must be an object");
	says("{\"claims\":{\"drop\":\"sub\"}}", ".claims.drop: must be an array of names");
	says("{\"claims\":{\"drop\":[1]}}", ".claims.drop: must be an array of names");
	says("{\"claims\":{\"text\":{}}}", ".claims.text: must be a text, and alone");
	says("{\"claims\":{\"text\":\"\",\"set\":{}}}", ".claims.text: must be a text, and alone");
}

static void
mutators_are_refused_in_their_place(void **state)
{
	(void)state;
	says("{\"mutate\":\"sig.zero\"}", ".mutate: must be an array of mutators");
	says("{\"mutate\":[\"b64.padd\"]}", ".mutate[0]: unknown mutator b64.padd");
	says("{\"mutate\":[\"sig.zero\",[\"sig.trunc\"]]}", ".mutate[1]: sig.trunc takes number");
	says("{\"mutate\":[[\"json.bom\"]]}", ".mutate[0]: json.bom takes header|payload");
	says("{\"mutate\":[[\"json.raw\",\"body\",\"a\",\"b\"]]}",
	    ".mutate[0]: json.raw takes header|payload text text");
	says("{\"mutate\":[[\"pss.mgf1\",\"md5\"]]}",
	    ".mutate[0]: pss.mgf1 takes sha1|sha256|sha384|sha512");
	says("{\"mutate\":[[\"jwt.nest\",1]]}", ".mutate[0]: jwt.nest takes no argument");
	says("{\"mutate\":[7]}", ".mutate[0]: a mutator is a name or [name, argument ...]");
}

static void
mutators_are_found_and_counted(void **state)
{
	json_t *o =
	    json_loads("{\"mutate\":[\"sig.zero\",[\"pss.salt\",1],[\"pss.salt\",2]]}", 0, NULL);
	struct mutate m;
	size_t i = 0, n = 0;

	(void)state;
	assert_true(mintspec_find(o, "pss.salt", &m));
	assert_int_equal(mutate_number(&m, 0), 1);
	assert_false(mintspec_find(o, "pss.mgf1", &m));
	assert_false(mintspec_find(NULL, "pss.salt", &m));
	while (mintspec_next(o, &i, &m))
		n++;
	assert_int_equal(n, 3);
	json_decref(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_can_be_understood_is_right),
		cmocka_unit_test(what_is_no_token_object_is_refused),
		cmocka_unit_test(words_that_nobody_knows_are_refused_in_their_place),
		cmocka_unit_test(every_way_to_sign_is_known),
		cmocka_unit_test(header_and_claims_have_three_members),
		cmocka_unit_test(mutators_are_refused_in_their_place),
		cmocka_unit_test(mutators_are_found_and_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
