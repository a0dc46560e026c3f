/* ID tokens: one golden token, and each refusal with one thing changed. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/oidc/idtoken.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

#define NOW 1800000000
#define STARTED (NOW - 40)

static EVP_PKEY *rsa, *ec, *stranger;
static struct jwks *keys;
static char rs256[] = "RS256", es256[] = "ES256";
static char *names[] = { rs256, es256 };
static const struct strlist both = { .v = names, .n = 2 }, only_rs256 = { .v = names, .n = 1 };

static const struct idtoken_expect golden_expect = { .issuer = "https://idp.example",
	.client_id = "linux-login",
	.algorithms = &both,
	.nonce = "n-0123456789",
	.access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxi0z9K3vx5KF0Y0",
	.started = STARTED,
	.now = NOW,
	.skew = 60 };

static int
make_keys(void **state)
{
	char *r, *e, *set;

	(void)state;
	rsa = mint_rsa(2048);
	stranger = mint_rsa(2048);
	ec = mint_ec("prime256v1");
	r = mint_jwk(rsa, NULL, "\"kid\":\"r\",\"use\":\"sig\",\"alg\":\"RS256\"");
	e = mint_jwk(ec, "P-256", "\"kid\":\"e\"");
	set = mint_jwks(r, e);
	assert_int_equal(jwks_parse(&keys, set, strlen(set), NULL), E_OK);
	free(r);
	free(e);
	free(set);
	return 0;
}

static int
drop_keys(void **state)
{
	(void)state;
	jwks_free(keys);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ec);
	EVP_PKEY_free(stranger);
	return 0;
}

/* The golden payload (Authelia's, authelia.md section 4) with one claim changed, left out, added.
 */
static char *
payload(const char *name, const char *raw)
{
	static const char *const golden[][2] = {
		{ "iss", "\"https://idp.example\"" },
		{ "sub", "\"6a1cf9d1-54a9-4e9b-8b6e-1f6a5f9d7c11\"" },
		{ "aud", "[\"linux-login\"]" },
		{ "azp", "\"linux-login\"" },
		{ "exp", "1800003600" },
		{ "iat", "1800000000" },
		{ "auth_time", "1799999990" },
		{ "jti", "\"x\"" },
		{ "amr", "[\"pwd\",\"otp\",\"mfa\"]" },
		{ "nonce", "\"n-0123456789\"" },
		{ "at_hash", "\"7XFdxiZG1_Zu1nPKaa6QLg\"" },
	};
	size_t size = 4096 + (raw == NULL ? 0 : strlen(raw)), at = 0;
	char *s = malloc(size);
	int known = 0;

	assert_non_null(s);
	s[at++] = '{';
	for (size_t i = 0; i < sizeof(golden) / sizeof(golden[0]); i++) {
		int is = strcmp(golden[i][0], name) == 0;

		known |= is;
		if (!is || raw != NULL)
			at += (size_t)snprintf(s + at, size - at, "%s\"%s\":%s", at > 1 ? "," : "",
			    golden[i][0], is ? raw : golden[i][1]);
	}
	if (!known && raw != NULL)
		at += (size_t)snprintf(s + at, size - at, ",\"%s\":%s", name, raw);
	s[at++] = '}';
	s[at] = '\0';
	return s;
}

static enum errcode
verify(struct idtoken **out, const char *token, const struct idtoken_expect *x, struct err *e)
{
	*e = (struct err){ .code = E_OK };
	*out = NULL;
	return idtoken_verify(out, token, keys, x == NULL ? &golden_expect : x, e);
}

/* Signs body (consumed) as the header says; reason NULL: it must verify. */
static void
judged(const char *header, EVP_PKEY *k, char *body, const struct idtoken_expect *x,
    enum errcode code, const char *reason)
{
	char *token = mint_token(k, header, body);
	struct idtoken *t;
	struct err e;
	enum errcode r = verify(&t, token, x, &e);

	if (r != code || strcmp(e.reason, reason) != 0)
		print_message("%s: %s\n", body, e.text);
	assert_int_equal(r, code);
	assert_string_equal(e.reason, reason);
	assert_true((t != NULL) == (code == E_OK));
	idtoken_free(t);
	free(token);
	free(body);
}

#define HEAD "{\"alg\":\"RS256\",\"kid\":\"r\",\"typ\":\"JWT\"}"

static void
refused(const char *name, const char *raw, const char *reason)
{
	judged(HEAD, rsa, payload(name, raw), NULL, E_CLM, reason);
}

static void
accepted(const char *name, const char *raw)
{
	judged(HEAD, rsa, payload(name, raw), NULL, E_OK, "");
}

static void
takes_the_golden_token(void **state)
{
	char *body = payload("", NULL), *token = mint_token(rsa, HEAD, body), alg[16], kid[257];
	struct idtoken *t;
	struct err e;

	(void)state;
	assert_int_equal(idtoken_peek(alg, kid, token, &both, NULL), E_OK);
	assert_string_equal(alg, "RS256");
	assert_string_equal(kid, "r");
	assert_int_equal(verify(&t, token, NULL, &e), E_OK);
	assert_string_equal(t->alg, "RS256");
	assert_string_equal(t->kid, "r");
	assert_string_equal(t->iss, "https://idp.example");
	assert_string_equal(t->sub, "6a1cf9d1-54a9-4e9b-8b6e-1f6a5f9d7c11");
	assert_string_equal(t->azp, "linux-login");
	assert_string_equal(t->nonce, "n-0123456789");
	assert_null(t->acr);
	assert_int_equal(t->iat, NOW);
	assert_int_equal(t->exp, NOW + 3600);
	assert_false(t->has_nbf);
	assert_true(t->has_auth_time);
	assert_int_equal(t->auth_time, NOW - 10);
	assert_int_equal(t->amr.n, 3);
	assert_string_equal(t->amr.v[2], "mfa");
	idtoken_free(t);
	idtoken_free(NULL);
	free(token);
	free(body);
}

/* C-113, providers.md rule 8 */
static void
takes_es256_and_tokens_without_kid_or_typ(void **state)
{
	(void)state;
	judged("{\"alg\":\"ES256\",\"kid\":\"e\"}", ec, payload("", NULL), NULL, E_OK, "");
	judged("{\"alg\":\"ES256\"}", ec, payload("", NULL), NULL, E_OK, "");
	judged("{\"alg\":\"RS256\"}", rsa, payload("", NULL), NULL, E_OK, "");
}

/* C-073, C-074, C-112, C-114, C-127, H-38 */
static void
refuses_other_keys_and_algorithms(void **state)
{
	struct idtoken_expect x = golden_expect;

	(void)state;
	judged(HEAD, stranger, payload("", NULL), NULL, E_TOK, "idt.sig");
	judged("{\"alg\":\"RS256\",\"kid\":\"new\"}", rsa, payload("", NULL), NULL, E_KEYS,
	    "jws.kid.unknown");
	judged("{\"alg\":\"RS256\",\"kid\":\"e\"}", rsa, payload("", NULL), NULL, E_KEYS,
	    "jwks.kty-mm");
	judged("{\"alg\":\"ES256\",\"kid\":\"r\"}", rsa, payload("", NULL), NULL, E_KEYS,
	    "jwks.kty-mm");
	x.algorithms = &only_rs256;
	judged("{\"alg\":\"ES256\",\"kid\":\"e\"}", ec, payload("", NULL), &x, E_TOK, "idt.alg");
	judged("{\"alg\":\"none\"}", rsa, payload("", NULL), NULL, E_TOK, "idt.alg");
}

/* H-22: the public key as an HMAC secret never gets that far */
static void
refuses_hmac_whatever_the_key(void **state)
{
	char *body = payload("", NULL),
	     *input = mint_input("{\"alg\":\"HS256\",\"kid\":\"r\"}", body);
	char *token = mint_join(input, (const uint8_t *)"0123456789abcdef0123456789abcdef", 32);
	struct idtoken *t;
	struct err e;

	(void)state;
	assert_int_equal(verify(&t, token, NULL, &e), E_TOK);
	assert_string_equal(e.reason, "idt.alg");
	assert_null(t);
	free(token);
	free(input);
	free(body);
}

/* The signature stands before the payload: garbage that is not signed is not looked at. */
static void
judges_the_signature_before_the_payload(void **state)
{
	(void)state;
	judged(HEAD, stranger, strdup("[garbage"), NULL, E_TOK, "idt.sig");
	judged(HEAD, rsa, strdup("[garbage"), NULL, E_TOK, "idt.json");
}

/* C-086 idt.dup.claim, C-088, C-128 idt.utf8, H-35 */
static void
refuses_payloads_that_are_not_one_strict_object(void **state)
{
	(void)state;
	judged(HEAD, rsa, payload("x", "1,\"sub\":\"root\""), NULL, E_TOK, "idt.dup");
	judged(HEAD, rsa, payload("x", "1,\"\\u0073ub\":\"root\""), NULL, E_TOK, "idt.dup");
	judged(HEAD, rsa, payload("x", "\"\xff\""), NULL, E_TOK, "idt.json");
	judged(HEAD, rsa, payload("x", "1}{"), NULL, E_TOK, "idt.json");
	judged(HEAD, rsa, strdup("\"text\""), NULL, E_TOK, "idt.json");
	judged(
	    HEAD, rsa, payload("x", "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"), NULL, E_TOK, "idt.depth");
}

/* C-068 idt.iss.*, C-171, H-37 */
static void
refuses_every_other_issuer(void **state)
{
	static const char *const bad[] = { NULL, "null", "\"\"", "\"https://idp.example/\"",
		"\"https://IDP.example\"", "\"https://idp.example:443\"",
		"\"https://idp.example%2f\"", "\"https://idp.example.evil\"", "5",
		"[\"https://idp.example\"]" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused("iss", bad[i], "idt.iss");
	judged(
	    HEAD, rsa, payload("iss", "\"https://idp.example\\u0000\""), NULL, E_TOK, "idt.json");
}

/* C-069 to C-071 idt.aud.*, H-36 */
static void
is_for_this_client_and_nobody_else(void **state)
{
	static const char *const bad[] = { NULL, "null", "[]", "\"\"", "\"linux-logi\"",
		"\"linux-login2\"", "\"Linux-Login\"", "[\"other\"]", "5",
		"{\"0\":\"linux-login\"}", "[[\"linux-login\"]]", "[\"linux-login\",5]",
		"[null,\"linux-login\"]", "\"linux-login other\"" };

	(void)state;
	accepted("aud", "\"linux-login\"");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused("aud", bad[i], "idt.aud");
	refused("aud", "[\"linux-login\",\"other\"]", "idt.aud.multi");
	refused("aud", "[\"other\",\"linux-login\"]", "idt.aud.multi");
	refused("aud", "[\"linux-login\",\"linux-login\"]", "idt.aud.multi");
}

/* C-072 idt.azp.* */
static void
azp_is_this_client_or_absent(void **state)
{
	(void)state;
	accepted("azp", NULL);
	accepted("azp", "null");
	refused("azp", "\"other\"", "idt.azp");
	refused("azp", "\"\"", "idt.azp");
	refused("azp", "[\"linux-login\"]", "idt.azp");
}

/* C-082 idt.sub.*, C-085 idt.sub.case */
static void
sub_is_1_to_255_printable_characters(void **state)
{
	char long_sub[300];

	(void)state;
	(void)snprintf(long_sub, sizeof(long_sub), "\"%0255d\"", 0);
	accepted("sub", long_sub);
	(void)snprintf(long_sub, sizeof(long_sub), "\"%0256d\"", 0);
	refused("sub", long_sub, "idt.sub");
	refused("sub", NULL, "idt.sub");
	refused("sub", "null", "idt.sub");
	refused("sub", "\"\"", "idt.sub");
	refused("sub", "7", "idt.sub");
	refused("sub", "\"a\\nb\"", "idt.sub");
	refused("sub", "\"\xd0\xb0lice\"", "idt.sub");
}

static void
capital_sub_is_no_sub(void **state)
{
	char *body = payload("sub", NULL), *at = strstr(body, "\"jti\":\"x\"");

	(void)state;
	memcpy(at, "\"Sub\":\"x\"", 9);
	judged(HEAD, rsa, body, NULL, E_CLM, "idt.sub");
}

/* C-076 idt.exp.*, C-079, H-51: skew is 60 */
static void
exp_is_required_and_not_passed(void **state)
{
	static const char *const bad[] = { NULL, "null", "\"1800003600\"", "true", "-1", "1e300",
		"9007199254740992", "[1800003600]", "1799999940", "1799999940.9", "0" };

	(void)state;
	accepted("exp", "1799999941");
	accepted("exp", "1800003600.5");
	accepted("exp", "9007199254740991");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused("exp", bad[i], "idt.exp");
}

/* C-077 idt.iat.*, C-089 idt.replay; the login began 40 s ago */
static void
iat_is_required_and_inside_this_login(void **state)
{
	static const char *const bad[] = { NULL, "null", "\"1800000000\"", "1800000061",
		"1799999899", "1799395200", "-1", "false" };

	(void)state;
	accepted("iat", "1800000060");
	accepted("iat", "1799999900");
	accepted("iat", "1799999999.25");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused("iat", bad[i], "idt.iat");
}

/* C-078 idt.nbf.future */
static void
nbf_is_honoured_where_it_stands(void **state)
{
	(void)state;
	accepted("nbf", "1800000060");
	accepted("nbf", "null");
	refused("nbf", "1800000061", "idt.nbf");
	refused("nbf", "\"1\"", "idt.nbf");
	refused("nbf", "true", "idt.nbf");
}

/* C-080 idt.nonce.*, design section 8: absent passes in the device flow, wrong never */
static void
a_nonce_that_is_there_is_ours(void **state)
{
	static const char *const bad[] = { "\"n-0123456788\"", "\"N-0123456789\"",
		"\"n-012345678\"", "\"n-01234567890\"", "\"\"", "[\"n-0123456789\"]", "5" };
	struct idtoken_expect required = golden_expect, none_sent = golden_expect;

	(void)state;
	accepted("nonce", NULL);
	accepted("nonce", "null");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused("nonce", bad[i], "idt.nonce");
	required.nonce_required = true;
	judged(HEAD, rsa, payload("", NULL), &required, E_OK, "");
	judged(HEAD, rsa, payload("nonce", NULL), &required, E_CLM, "idt.nonce");
	judged(HEAD, rsa, payload("nonce", "null"), &required, E_CLM, "idt.nonce");
	none_sent.nonce = NULL;
	judged(HEAD, rsa, payload("nonce", NULL), &none_sent, E_OK, "");
	judged(HEAD, rsa, payload("", NULL), &none_sent, E_CLM, "idt.nonce");
}

/* C-083 idt.athash.*; SHA-512 under RS256 is Rauthy's, SHA-256 with all is Authelia's */
static void
at_hash_binds_the_access_token(void **state)
{
	struct idtoken_expect other = golden_expect, none = golden_expect;

	(void)state;
	accepted("at_hash", NULL);
	accepted("at_hash", "\"IkBhMKlCp-g4QpfCBHV256WucTXm7xdcQFpHzxjXcz0\"");
	refused("at_hash", "\"7XFdxiZG1_Zu1nPKaa6QLw\"", "idt.athash");
	refused("at_hash", "\"7XFdxiZG1_Zu1nPKaa6QLsbb6vszwtMIAT9DEeJ55NY\"", "idt.athash");
	refused("at_hash", "\"\"", "idt.athash");
	refused("at_hash", "5", "idt.athash");
	other.access_token = "another";
	judged(HEAD, rsa, payload("", NULL), &other, E_CLM, "idt.athash");
	none.access_token = NULL;
	judged(HEAD, rsa, payload("", NULL), &none, E_CLM, "idt.athash");
}

/* C-081 idt.acr, idt.authtime */
static void
context_has_its_types_and_limits(void **state)
{
	char *body, *token;
	struct idtoken *t;
	struct err e;

	(void)state;
	accepted("auth_time", NULL);
	accepted("amr", NULL);
	accepted("acr", "\"0\"");
	refused("auth_time", "\"x\"", "idt.authtime");
	refused("acr", "5", "idt.acr");
	refused("amr", "\"mfa\"", "idt.amr");
	refused("amr", "[\"mfa\",1]", "idt.amr");
	body = payload("amr",
	    "[\"0123456789012345678901234567890\",\"01234567890123456789012345678901\",\"1\",\"2\","
	    "\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\","
	    "\"16\"]");
	token = mint_token(rsa, HEAD, body);
	assert_int_equal(verify(&t, token, NULL, &e), E_OK);
	assert_int_equal(t->amr.n, 16);
	assert_string_equal(t->amr.v[1], "1");
	idtoken_free(t);
	free(token);
	free(body);
}

/* C-087: a logout token under typ JWT */
static void
a_token_about_an_event_is_no_id_token(void **state)
{
	(void)state;
	refused(
	    "events", "{\"http://schemas.openid.net/event/backchannel-logout\":{}}", "idt.events");
}

/* C-085 idt.extra, C-096 */
static void
claims_of_no_concern_are_ignored(void **state)
{
	(void)state;
	accepted("groups", "null");
	accepted("_claim_sources", "{\"s\":{\"endpoint\":\"https://evil.example/\"}}");
}

static void
no_refusal_repeats_the_token_or_the_nonce(void **state)
{
	char *body = payload("nonce", "\"n-eeeeeeeeee\""), *token = mint_token(rsa, HEAD, body);
	struct idtoken *t;
	struct err e;

	(void)state;
	assert_int_equal(verify(&t, token, NULL, &e), E_CLM);
	assert_null(strstr(e.text, "n-"));
	assert_null(strstr(e.text, "eyJ"));
	free(token);
	free(body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_golden_token),
		cmocka_unit_test(takes_es256_and_tokens_without_kid_or_typ),
		cmocka_unit_test(refuses_other_keys_and_algorithms),
		cmocka_unit_test(refuses_hmac_whatever_the_key),
		cmocka_unit_test(judges_the_signature_before_the_payload),
		cmocka_unit_test(refuses_payloads_that_are_not_one_strict_object),
		cmocka_unit_test(refuses_every_other_issuer),
		cmocka_unit_test(is_for_this_client_and_nobody_else),
		cmocka_unit_test(azp_is_this_client_or_absent),
		cmocka_unit_test(sub_is_1_to_255_printable_characters),
		cmocka_unit_test(capital_sub_is_no_sub),
		cmocka_unit_test(exp_is_required_and_not_passed),
		cmocka_unit_test(iat_is_required_and_inside_this_login),
		cmocka_unit_test(nbf_is_honoured_where_it_stands),
		cmocka_unit_test(a_nonce_that_is_there_is_ours),
		cmocka_unit_test(at_hash_binds_the_access_token),
		cmocka_unit_test(context_has_its_types_and_limits),
		cmocka_unit_test(a_token_about_an_event_is_no_id_token),
		cmocka_unit_test(claims_of_no_concern_are_ignored),
		cmocka_unit_test(no_refusal_repeats_the_token_or_the_nonce),
	};
	return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
