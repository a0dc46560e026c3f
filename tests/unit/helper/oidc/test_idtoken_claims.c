/* The claims of ID tokens: the golden token, with one claim changed for each refusal. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/golden_token.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

static void
refused(const struct golden_token *g, const char *name, const char *raw, const char *reason)
{
	golden_token_judge(
	    g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload(name, raw), NULL, E_CLM, reason);
}

static void
accepted(const struct golden_token *g, const char *name, const char *raw)
{
	golden_token_judge(
	    g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload(name, raw), NULL, E_OK, "");
}

/* C-068 idt.iss.*, C-171, H-37 */
static void
refuses_every_other_issuer(void **state)
{
	const struct golden_token *g = *state;
	static const char *const bad[] = { NULL, "null", "\"\"", "\"https://idp.example/\"",
		"\"https://IDP.example\"", "\"https://idp.example:443\"",
		"\"https://idp.example%2f\"", "\"https://idp.example.evil\"", "5",
		"[\"https://idp.example\"]" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(g, "iss", bad[i], "idt.iss");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa,
	    golden_token_payload("iss", "\"https://idp.example\\u0000\""), NULL, E_TOK, "idt.json");
}

/* C-069 to C-071 idt.aud.*, H-36 */
static void
is_for_this_client_and_nobody_else(void **state)
{
	const struct golden_token *g = *state;
	static const char *const bad[] = { NULL, "null", "[]", "\"\"", "\"linux-logi\"",
		"\"linux-login2\"", "\"Linux-Login\"", "[\"other\"]", "5",
		"{\"0\":\"linux-login\"}", "[[\"linux-login\"]]", "[\"linux-login\",5]",
		"[null,\"linux-login\"]", "\"linux-login other\"" };

	accepted(g, "aud", "\"linux-login\"");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(g, "aud", bad[i], "idt.aud");
	refused(g, "aud", "[\"linux-login\",\"other\"]", "idt.aud.multi");
	refused(g, "aud", "[\"other\",\"linux-login\"]", "idt.aud.multi");
	refused(g, "aud", "[\"linux-login\",\"linux-login\"]", "idt.aud.multi");
}

/* C-071, C-072; providers.md rule 10: who else may be addressed is the administrator's word */
static void
others_may_be_addressed_if_trusted_and_azp_says_whose_it_is(void **state)
{
	static char zitadel[] = "project-1", *words[] = { zitadel };
	static const struct strlist trusted = { .v = words, .n = 1 };
	static const struct {
		const char *aud, *azp, *reason;
	} row[] = {
		{ "[\"linux-login\",\"project-1\"]", "\"linux-login\"", "" },
		{ "[\"project-1\",\"linux-login\"]", "\"linux-login\"", "" },
		{ "\"linux-login\"", NULL, "" },
		{ "[\"linux-login\",\"project-1\"]", NULL, "idt.azp" },
		{ "[\"linux-login\",\"project-1\"]", "\"project-1\"", "idt.azp" },
		{ "[\"linux-login\",\"project-1\",\"other\"]", "\"linux-login\"", "idt.aud.multi" },
		{ "[\"linux-login\",\"Project-1\"]", "\"linux-login\"", "idt.aud.multi" },
		{ "[\"project-1\"]", "\"linux-login\"", "idt.aud" },
	};
	const struct golden_token *g = *state;
	struct idtoken_expect x = g->expect;

	x.trusted = &trusted;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		char *body = golden_token_payload("azp", row[i].azp);
		char text[2048], *at = strstr(body, "[\"linux-login\"]");

		assert_non_null(at);
		(void)snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - body), body, row[i].aud,
		    at + strlen("[\"linux-login\"]"));
		free(body);
		golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, strdup(text), &x,
		    row[i].reason[0] == '\0' ? E_OK : E_CLM, row[i].reason);
	}
}

/* C-077; providers.md rule 12: Entra's tokens are 300 s older than the login */
static void
iat_may_be_older_by_the_leeway(void **state)
{
	const struct golden_token *g = *state;
	struct idtoken_expect x = g->expect;

	x.iat_leeway = 360;
	golden_token_judge(
	    g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("iat", "1799999600"), &x, E_OK, "");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("iat", "1799999599"),
	    &x, E_CLM, "idt.iat");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("iat", "1800000061"),
	    &x, E_CLM, "idt.iat");
	x.iat_leeway = 0;
	golden_token_judge(
	    g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("iat", "1799999900"), &x, E_OK, "");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("iat", "1799999899"),
	    &x, E_CLM, "idt.iat");
}

/* C-072 idt.azp.* */
static void
azp_is_this_client_or_absent(void **state)
{
	const struct golden_token *g = *state;
	accepted(g, "azp", NULL);
	accepted(g, "azp", "null");
	refused(g, "azp", "\"other\"", "idt.azp");
	refused(g, "azp", "\"\"", "idt.azp");
	refused(g, "azp", "[\"linux-login\"]", "idt.azp");
}

/* C-082 idt.sub.*, C-085 idt.sub.case */
static void
sub_is_1_to_255_printable_characters(void **state)
{
	const struct golden_token *g = *state;
	char long_sub[300];

	(void)snprintf(long_sub, sizeof(long_sub), "\"%0255d\"", 0);
	accepted(g, "sub", long_sub);
	(void)snprintf(long_sub, sizeof(long_sub), "\"%0256d\"", 0);
	refused(g, "sub", long_sub, "idt.sub");
	refused(g, "sub", NULL, "idt.sub");
	refused(g, "sub", "null", "idt.sub");
	refused(g, "sub", "\"\"", "idt.sub");
	refused(g, "sub", "7", "idt.sub");
	refused(g, "sub", "\"a\\nb\"", "idt.sub");
	refused(g, "sub", "\"\xd0\xb0lice\"", "idt.sub");
}

static void
capital_sub_is_no_sub(void **state)
{
	const struct golden_token *g = *state;
	char *body = golden_token_payload("sub", NULL), *at = strstr(body, "\"jti\":\"x\"");

	memcpy(at, "\"Sub\":\"x\"", 9);
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, body, NULL, E_CLM, "idt.sub");
}

/* C-076 idt.exp.*, C-079, H-51: skew is 60 */
static void
exp_is_required_and_not_passed(void **state)
{
	const struct golden_token *g = *state;
	static const char *const bad[] = { NULL, "null", "\"1800003600\"", "true", "-1", "1e300",
		"9007199254740992", "[1800003600]", "1799999940", "1799999940.9", "0" };

	accepted(g, "exp", "1799999941");
	accepted(g, "exp", "1800003600.5");
	accepted(g, "exp", "9007199254740991");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(g, "exp", bad[i], "idt.exp");
}

/* C-077 idt.iat.*, C-089 idt.replay; the login began 40 s ago */
static void
iat_is_required_and_inside_this_login(void **state)
{
	const struct golden_token *g = *state;
	static const char *const bad[] = { NULL, "null", "\"1800000000\"", "1800000061",
		"1799999899", "1799395200", "-1", "false" };

	accepted(g, "iat", "1800000060");
	accepted(g, "iat", "1799999900");
	accepted(g, "iat", "1799999999.25");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(g, "iat", bad[i], "idt.iat");
}

/* C-078 idt.nbf.future */
static void
nbf_is_honoured_where_it_stands(void **state)
{
	const struct golden_token *g = *state;
	accepted(g, "nbf", "1800000060");
	accepted(g, "nbf", "null");
	refused(g, "nbf", "1800000061", "idt.nbf");
	refused(g, "nbf", "\"1\"", "idt.nbf");
	refused(g, "nbf", "true", "idt.nbf");
}

/* C-080 idt.nonce.*, design section 8: absent passes in the device flow, wrong never */
static void
a_nonce_that_is_there_is_ours(void **state)
{
	const struct golden_token *g = *state;
	static const char *const bad[] = { "\"n-0123456788\"", "\"N-0123456789\"",
		"\"n-012345678\"", "\"n-01234567890\"", "\"\"", "[\"n-0123456789\"]", "5" };
	struct idtoken_expect required = g->expect, none_sent = g->expect;

	accepted(g, "nonce", NULL);
	accepted(g, "nonce", "null");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(g, "nonce", bad[i], "idt.nonce");
	required.nonce_required = true;
	golden_token_judge(
	    g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("", NULL), &required, E_OK, "");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("nonce", NULL),
	    &required, E_CLM, "idt.nonce");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("nonce", "null"),
	    &required, E_CLM, "idt.nonce");
	none_sent.nonce = NULL;
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("nonce", NULL),
	    &none_sent, E_OK, "");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("", NULL), &none_sent,
	    E_CLM, "idt.nonce");
}

/* C-083 idt.athash.*; SHA-512 under RS256 is Rauthy's, SHA-256 with all is Authelia's */
static void
at_hash_binds_the_access_token(void **state)
{
	const struct golden_token *g = *state;
	struct idtoken_expect other = g->expect, none = g->expect;

	accepted(g, "at_hash", NULL);
	accepted(g, "at_hash", "\"IkBhMKlCp-g4QpfCBHV256WucTXm7xdcQFpHzxjXcz0\"");
	refused(g, "at_hash", "\"7XFdxiZG1_Zu1nPKaa6QLw\"", "idt.athash");
	refused(g, "at_hash", "\"7XFdxiZG1_Zu1nPKaa6QLsbb6vszwtMIAT9DEeJ55NY\"", "idt.athash");
	refused(g, "at_hash", "\"\"", "idt.athash");
	refused(g, "at_hash", "5", "idt.athash");
	other.access_token = "another";
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("", NULL), &other,
	    E_CLM, "idt.athash");
	none.access_token = NULL;
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("", NULL), &none,
	    E_CLM, "idt.athash");
}

/* C-084 idt.chash.bad; the golden access token stands for a code here */
static void
c_hash_binds_the_code(void **state)
{
	static const char good[] = "\"7XFdxiZG1_Zu1nPKaa6QLg\"",
	                  bad[] = "\"AAAAAAAAAAAAAAAAAAAAAA\"";
	const struct golden_token *g = *state;
	struct idtoken_expect x = g->expect;

	accepted(g, "c_hash", bad); /* the device flow has no code */
	x.code = x.access_token;
	golden_token_judge(
	    g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("", NULL), &x, E_OK, "");
	golden_token_judge(
	    g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("c_hash", good), &x, E_OK, "");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("c_hash", bad), &x,
	    E_CLM, "idt.chash");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("c_hash", "5"), &x,
	    E_CLM, "idt.chash");
	x.code = "another";
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("c_hash", good), &x,
	    E_CLM, "idt.chash");
}

/* C-081 idt.acr, idt.authtime */
static void
context_has_its_types_and_limits(void **state)
{
	const struct golden_token *g = *state;
	char *body, *token;
	struct idtoken *t;
	struct err e;

	accepted(g, "auth_time", NULL);
	accepted(g, "amr", NULL);
	accepted(g, "acr", "\"0\"");
	refused(g, "auth_time", "\"x\"", "idt.authtime");
	refused(g, "acr", "5", "idt.acr");
	refused(g, "amr", "\"mfa\"", "idt.amr");
	refused(g, "amr", "[\"mfa\",1]", "idt.amr");
	body = golden_token_payload("amr",
	    "[\"0123456789012345678901234567890\",\"01234567890123456789012345678901\",\"1\",\"2\","
	    "\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\","
	    "\"16\"]");
	token = mint_token(g->rsa, GOLDEN_TOKEN_HEAD, body);
	assert_int_equal(golden_token_verify(g, &t, token, NULL, &e), E_OK);
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
	const struct golden_token *g = *state;
	refused(g, "events", "{\"http://schemas.openid.net/event/backchannel-logout\":{}}",
	    "idt.events");
}

/* C-085 idt.extra, C-096 */
static void
claims_of_no_concern_are_ignored(void **state)
{
	const struct golden_token *g = *state;
	accepted(g, "groups", "null");
	accepted(g, "_claim_sources", "{\"s\":{\"endpoint\":\"https://evil.example/\"}}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_every_other_issuer),
		cmocka_unit_test(is_for_this_client_and_nobody_else),
		cmocka_unit_test(others_may_be_addressed_if_trusted_and_azp_says_whose_it_is),
		cmocka_unit_test(iat_may_be_older_by_the_leeway),
		cmocka_unit_test(azp_is_this_client_or_absent),
		cmocka_unit_test(sub_is_1_to_255_printable_characters),
		cmocka_unit_test(capital_sub_is_no_sub),
		cmocka_unit_test(exp_is_required_and_not_passed),
		cmocka_unit_test(iat_is_required_and_inside_this_login),
		cmocka_unit_test(nbf_is_honoured_where_it_stands),
		cmocka_unit_test(a_nonce_that_is_there_is_ours),
		cmocka_unit_test(at_hash_binds_the_access_token),
		cmocka_unit_test(c_hash_binds_the_code),
		cmocka_unit_test(context_has_its_types_and_limits),
		cmocka_unit_test(a_token_about_an_event_is_no_id_token),
		cmocka_unit_test(claims_of_no_concern_are_ignored),
	};
	return cmocka_run_group_tests(tests, golden_token_setup, golden_token_teardown);
}
