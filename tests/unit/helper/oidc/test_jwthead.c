/* The header of a compact token. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/oidc/jwthead.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

static char rs256[] = "RS256", es256[] = "ES256", hs256[] = "HS256", none[] = "none";
static char *names[] = { rs256, es256, hs256, none };
/* An operator's list that settings would refuse: even then HMAC and none are not to be had. */
static const struct strlist allowed = { .v = names, .n = 4 };
static const struct strlist only_rs256 = { .v = names, .n = 1 };

static enum errcode
parse(struct jwthead *h, const char *token, struct err *e)
{
	*e = (struct err){ .code = E_OK };
	return jwthead_parse(h, token, &allowed, e);
}

static void
token_refused(const char *token, const char *reason)
{
	struct jwthead h = { .payload_len = 77 };
	struct err e;

	assert_int_equal(parse(&h, token, &e), E_TOK);
	assert_string_equal(e.reason, reason);
	assert_int_equal(h.payload_len, 77);
}

static char *
with_header(const char *header)
{
	char *input = mint_input(header, "{}"), *s = mint_join(input, (const uint8_t *)"sig", 3);

	free(input);
	return s;
}

static void
refused(const char *header, const char *reason)
{
	char *s = with_header(header);

	token_refused(s, reason);
	free(s);
}

static void
accepted(const char *header)
{
	char *s = with_header(header);
	struct jwthead h;
	struct err e;

	assert_int_equal(parse(&h, s, &e), E_OK);
	free(s);
}

static void
cuts_a_token_into_what_was_signed_and_the_signature(void **state)
{
	char *s = with_header("{\"alg\":\"ES256\",\"kid\":\"k 1\",\"typ\":\"JWT\"}");
	struct jwthead h;
	struct err e;

	(void)state;
	assert_int_equal(parse(&h, s, &e), E_OK);
	assert_string_equal(h.alg->name, "ES256");
	assert_string_equal(h.kid, "k 1");
	assert_ptr_equal(h.input, s);
	assert_int_equal(h.input_len, strrchr(s, '.') - s);
	assert_memory_equal(h.payload, "e30", h.payload_len);
	assert_string_equal(h.sig, "c2ln");
	assert_int_equal(h.sig_len, 4);
	free(s);
}

/* C-067, C-100 jws.segs.*, C-109, H-32, H-34 */
static void
refuses_other_numbers_of_segments(void **state)
{
	static const char *const bad[] = { "", ".", "..", "a", "eyJhbGciOiJSUzI1NiJ9.e30",
		"eyJhbGciOiJSUzI1NiJ9.e30.", "eyJhbGciOiJSUzI1NiJ9..c2ln", ".e30.c2ln",
		"eyJhbGciOiJSUzI1NiJ9.e30.c2ln.", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln.c2ln",
		"eyJhbGciOiJSUzI1NiJ9.e30.c2ln.c2ln.c2ln.c2ln" };
	struct jwthead h;
	struct err e;

	(void)state;
	assert_int_equal(parse(&h, "eyJhbGciOiJSUzI1NiJ9.e30.c2ln", &e), E_OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		token_refused(bad[i], "jws.segs");
	token_refused("eyJhbGciOiJSUzI1NiJ9.e30.c2ln.c2ln.c2ln", "idt.jwe");
	token_refused("{\"payload\":\"e30\",\"signatures\":[]}", "jws.json");
}

/* C-101, C-102 jws.b64.*, H-31 */
static void
refuses_every_second_spelling_of_base64url(void **state)
{
	static const char *const bad[] = { "eyJhbGciOiJSUzI1NiJ9.e30.c2ln=",
		" eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln\n",
		"eyJhbGciOiJSUzI1NiJ9.e30=.c2ln", "eyJhbGciOiJSUzI1NiJ9.e31.c2ln",
		"eyJhbGciOiJSUzI1NiJ9.e30.c2l+", "eyJhbGciOiJSUzI1NiJ9.e30.c2l/",
		"eyJhbGciOiJSUzI1NiJ9.e30.c2lnA", "eyJhbGciOiJSUzI1NiJ9.e30.c2%6C",
		"eyJhbGciOiJSUzI1NiJ9.e30.c2l\xc3\xa9", "eyJhbGciOiJSUzI1NiJ9==.e30.c2ln",
		"eyJhbGciOiJSUzI1NiJ9.e30.c2lnAB" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		token_refused(bad[i], "jws.b64");
}

/* H-33 */
static void
refuses_long_tokens_before_any_decoding(void **state)
{
	char *s = malloc(JWTHEAD_TOKEN_MAX + 2);
	struct jwthead h;
	struct err e;

	(void)state;
	memset(s, 'A', JWTHEAD_TOKEN_MAX + 1);
	s[JWTHEAD_TOKEN_MAX + 1] = '\0';
	memcpy(s, "eyJhbGciOiJSUzI1NiJ9.e30.", 25);
	token_refused(s, "jws.size");
	s[JWTHEAD_TOKEN_MAX] = '\0';
	assert_int_equal(parse(&h, s, &e), E_OK);
	free(s);
}

/* C-103 jws.hdr.*, H-15, H-17 */
static void
refuses_headers_that_are_not_one_strict_object(void **state)
{
	char *big = calloc(1, 4200);

	(void)state;
	refused("{\"alg\":\"RS256\",\"alg\":\"RS256\"}", "jws.hdr.dup");
	refused("{\"alg\":\"none\",\"\\u0061lg\":\"RS256\"}", "jws.hdr.dup");
	refused("[\"RS256\"]", "jws.hdr.json");
	refused("\xef\xbb\xbf{\"alg\":\"RS256\"}", "jws.hdr.json");
	refused("{\"alg\":\"RS256\"}x", "jws.hdr.json");
	refused("{\"alg\":\"RS256\",\"x\":\"\xff\"}", "jws.hdr.json");
	(void)snprintf(big, 4200, "{\"alg\":\"RS256\",\"x\":\"%04080d\"}", 0);
	refused(big, "jws.hdr.size");
	free(big);
	accepted(" { \"alg\" : \"RS256\", \"unknown\" : [ 1 ], \"x5t\":\"x\" } \n");
}

/* C-074, C-075, C-104, C-105, H-23 */
static void
refuses_every_algorithm_that_is_not_offered(void **state)
{
	static const char *const bad[] = { "{}", "{\"alg\":null}", "{\"alg\":5}",
		"{\"alg\":[\"RS256\"]}", "{\"alg\":{\"RS256\":1}}", "{\"alg\":\"none\"}",
		"{\"alg\":\"None\"}", "{\"alg\":\"nOnE\"}", "{\"alg\":\"none \"}",
		"{\"alg\":\"rs256\"}", "{\"alg\":\"RS256 \"}", "{\"alg\":\"HS256\"}",
		"{\"alg\":\"HS512\"}", "{\"alg\":\"RS512\"}", "{\"alg\":\"PS256\"}",
		"{\"alg\":\"ES256K\"}", "{\"alg\":\"RS1\"}", "{\"alg\":\"\"}",
		"{\"Alg\":\"RS256\"}" };
	char *es = with_header("{\"alg\":\"ES256\"}");
	struct jwthead h;
	struct err e = { .code = E_OK };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(bad[i], "idt.alg");
	refused("{\"alg\":\"none\\u0000\"}", "jws.hdr.json");
	/* offered, but not in the operator's list */
	assert_int_equal(jwthead_parse(&h, es, &only_rs256, &e), E_TOK);
	assert_string_equal(e.reason, "idt.alg");
	assert_int_equal(jwthead_parse(&h, es, &allowed, NULL), E_OK);
	free(es);
}

/* C-106 to C-108, C-128 idt.zip, C-129 idt.nested, H-24, H-25 */
static void
refuses_members_that_change_the_rules(void **state)
{
	static const char *const bad[][2] = {
		{ "\"crit\":[]", "jws.crit" },
		{ "\"crit\":\"exp\"", "jws.crit" },
		{ "\"crit\":[\"exp\"],\"exp\":1", "jws.crit" },
		{ "\"crit\":null", "jws.crit" },
		{ "\"crit\":[\"b64\"],\"b64\":true", "jws.crit" },
		{ "\"b64\":false", "jws.b64false" },
		{ "\"jku\":\"https://evil.example/jwks\"", "jws.jku" },
		{ "\"x5u\":\"file:///etc/passwd\"", "jws.x5u" },
		{ "\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}", "jws.jwk" },
		{ "\"x5c\":[\"MII\"]", "jws.x5c" },
		{ "\"zip\":\"DEF\"", "idt.zip" },
		{ "\"enc\":\"A128GCM\"", "idt.jwe" },
		{ "\"cty\":\"JWT\"", "idt.nested" },
	};
	char header[128];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(header, sizeof(header), "{\"alg\":\"RS256\",%s}", bad[i][0]);
		refused(header, bad[i][1]);
	}
}

/* C-087 idt.typ.* */
static void
refuses_tokens_of_another_type(void **state)
{
	(void)state;
	accepted("{\"alg\":\"RS256\",\"typ\":\"jwt\"}");
	refused("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", "idt.typ");
	refused("{\"alg\":\"RS256\",\"typ\":\"logout+jwt\"}", "idt.typ");
	refused("{\"alg\":\"RS256\",\"typ\":\"secevent+jwt\"}", "idt.typ");
	refused("{\"alg\":\"RS256\",\"typ\":\"\"}", "idt.typ");
	refused("{\"alg\":\"RS256\",\"typ\":5}", "idt.typ");
	refused("{\"alg\":\"RS256\",\"typ\":null}", "idt.typ");
}

/* C-111 jws.kid.*, H-26 */
static void
takes_a_kid_as_nothing_but_a_name(void **state)
{
	char header[400];

	(void)state;
	accepted("{\"alg\":\"RS256\",\"kid\":\"../../dev/null\"}");
	accepted("{\"alg\":\"RS256\",\"kid\":\"' OR 1=1--\"}");
	(void)snprintf(header, sizeof(header), "{\"alg\":\"RS256\",\"kid\":\"%0256d\"}", 0);
	accepted(header);
	(void)snprintf(header, sizeof(header), "{\"alg\":\"RS256\",\"kid\":\"%0257d\"}", 0);
	refused(header, "jws.kid");
	refused("{\"alg\":\"RS256\",\"kid\":5}", "jws.kid");
	refused("{\"alg\":\"RS256\",\"kid\":null}", "jws.kid");
	refused("{\"alg\":\"RS256\",\"kid\":\"\"}", "jws.kid");
	refused("{\"alg\":\"RS256\",\"kid\":\"a\\r\\nb\"}", "jws.kid");
	refused("{\"alg\":\"RS256\",\"kid\":\"\xc3\xa9\"}", "jws.kid");
	refused("{\"alg\":\"RS256\",\"kid\":\"a\\u0000\"}", "jws.hdr.json");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_a_token_into_what_was_signed_and_the_signature),
		cmocka_unit_test(refuses_other_numbers_of_segments),
		cmocka_unit_test(refuses_every_second_spelling_of_base64url),
		cmocka_unit_test(refuses_long_tokens_before_any_decoding),
		cmocka_unit_test(refuses_headers_that_are_not_one_strict_object),
		cmocka_unit_test(refuses_every_algorithm_that_is_not_offered),
		cmocka_unit_test(refuses_members_that_change_the_rules),
		cmocka_unit_test(refuses_tokens_of_another_type),
		cmocka_unit_test(takes_a_kid_as_nothing_but_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
