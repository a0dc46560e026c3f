/* latchkey verify. */
#include "config.h"

#include "tests/support/golden_token.h"
#include "tests/support/mint.h"
#include "tests/unit/cli/captured.h"

static struct captured c;
static char verify[] = "verify", jwks[] = "--jwks", alg[] = "--alg", list[] = "RS256,ES256";
static char claims[] = "--claims", issuer[] = "--issuer", client[] = "--client", now[] = "--now";
static char at[] = "1800000000", idp[] = "https://idp.example", login[] = "linux-login";
static char nonce[] = "--nonce", n[] = "n-0123456789", file[SCRATCH_PATH];

static int
set_up(void **state)
{
	struct golden_token *g;
	char *r, *e, *set;

	assert_int_equal(golden_token_setup(state), 0);
	g = *state;
	scratch_make(&c.dir);
	r = mint_jwk(g->rsa, NULL, "\"kid\":\"r\"");
	e = mint_jwk(g->ec, "P-256", "\"kid\":\"e\"");
	set = mint_jwks(r, e);
	(void)scratch_write(&c.dir, file, "jwks", set, 0600);
	free(r);
	free(e);
	free(set);
	return 0;
}

static int
tear_down(void **state)
{
	scratch_remove(&c.dir);
	return golden_token_teardown(state);
}

/* Both take the token over. */
static void
bare(char *token)
{
	char *argv[] = { verify, jwks, file, alg, list, NULL };

	captured_run(&c, verify_main, token, argv);
	free(token);
}

static void
with_claims(char *token)
{
	char *argv[] = { verify, jwks, file, alg, list, claims, issuer, idp, client, login, now, at,
		nonce, n, NULL };

	captured_run(&c, verify_main, token, argv);
	free(token);
}

/* A payload that no text is. */
static void
prints_bytes_as_they_are(void **state)
{
	static const uint8_t payload[] = { 0, 0xff, '\n', 0x80, 0 };
	const struct golden_token *g = *state;
	char *head = mint_b64(GOLDEN_TOKEN_HEAD, strlen(GOLDEN_TOKEN_HEAD)),
	     *body = mint_b64(payload, sizeof(payload)), *input = NULL;
	uint8_t sig[MINT_SIG_MAX];

	assert_true(asprintf(&input, "%s.%s", head, body) > 0);
	free(head);
	free(body);
	bare(mint_join(input, sig, mint_signature(sig, g->rsa, "SHA256", 0, input, strlen(input))));
	free(input);
	captured_says(&c, CLI_OK, "");
	assert_int_equal(c.outlen, sizeof(payload));
	assert_memory_equal(c.out, payload, sizeof(payload));
}

static void
prints_the_payload_of_what_verifies(void **state)
{
	const struct golden_token *g = *state;
	char *token = mint_token(g->ec, "{\"alg\":\"ES256\",\"kid\":\"e\"}", "{}"), *line = NULL;

	bare(mint_token(g->rsa, GOLDEN_TOKEN_HEAD, "any bytes"));
	captured_says(&c, CLI_OK, "");
	assert_string_equal(c.out, "any bytes");
	assert_true(asprintf(&line, "%s\n", token) > 0);
	free(token);
	bare(line);
	captured_says(&c, CLI_OK, "");
	assert_string_equal(c.out, "{}");
	bare(mint_token(g->rsa, GOLDEN_TOKEN_HEAD, ""));
	captured_says(&c, CLI_OK, "");
	assert_int_equal(c.outlen, 0);
}

static void
names_the_reason_of_what_does_not(void **state)
{
	const struct golden_token *g = *state;

	bare(mint_token(g->stranger, GOLDEN_TOKEN_HEAD, "{}"));
	captured_says(&c, CLI_REFUSED, "idt.sig: ");
	bare(mint_token(g->rsa, "{\"alg\":\"none\"}", "{}"));
	captured_says(&c, CLI_REFUSED, "idt.alg: ");
	bare(mint_token(g->rsa, "{\"alg\":\"RS256\",\"kid\":\"x\"}", "{}"));
	captured_says(&c, CLI_REFUSED, "jws.kid.unknown: ");
	bare(strdup(""));
	captured_says(&c, CLI_REFUSED, "jws.segs: ");
	bare(strdup("a.b.c\n\n"));
	captured_says(&c, CLI_REFUSED, "jws.b64: ");
}

static void
judges_the_claims_as_a_login_does(void **state)
{
	const struct golden_token *g = *state;
	char *body = golden_token_payload("", NULL);

	with_claims(mint_token(g->rsa, GOLDEN_TOKEN_HEAD, body));
	captured_says(&c, CLI_OK, "");
	assert_string_equal(c.out, body);
	free(body);
	body = golden_token_payload("aud", "\"other\"");
	with_claims(mint_token(g->rsa, GOLDEN_TOKEN_HEAD, body));
	captured_says(&c, CLI_REFUSED, "idt.aud: ");
	bare(mint_token(g->rsa, GOLDEN_TOKEN_HEAD, body)); /* which nobody asked about */
	captured_says(&c, CLI_OK, "");
	free(body);
	body = golden_token_payload("nonce", "\"other\"");
	with_claims(mint_token(g->rsa, GOLDEN_TOKEN_HEAD, body));
	captured_says(&c, CLI_REFUSED, "idt.nonce: ");
	free(body);
	with_claims(mint_token(g->rsa, GOLDEN_TOKEN_HEAD, ""));
	captured_says(&c, CLI_REFUSED, "jws.segs: ");
}

static void
usage(char *argv[], const char *begins)
{
	captured_run(&c, verify_main, "", argv);
	captured_says(&c, CLI_USAGE, begins);
}

static void
says_how_it_is_used(void **state)
{
	static char none[] = "none", nowhere[] = "/nonexistent", soon[] = "soon";

	(void)state;
	usage((char *[]){ verify, NULL }, "usage: latchkey verify ");
	usage((char *[]){ verify, jwks, file, NULL }, "usage: ");
	usage((char *[]){ verify, jwks, file, alg, list, issuer, idp, NULL }, "usage: ");
	usage((char *[]){ verify, jwks, file, alg, list, claims, issuer, idp, NULL }, "usage: ");
	usage((char *[]){ verify, jwks, file, alg, none, NULL }, "latchkey verify: not a list of");
	usage((char *[]){ verify, jwks, nowhere, alg, list, NULL },
	    "latchkey verify: /nonexistent: ");
	usage((char *[]){ verify, jwks, file, alg, list, claims, issuer, idp, client, login, now,
	          soon, NULL },
	    "latchkey verify: soon is no number");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_the_payload_of_what_verifies),
		cmocka_unit_test(prints_bytes_as_they_are),
		cmocka_unit_test(names_the_reason_of_what_does_not),
		cmocka_unit_test(judges_the_claims_as_a_login_does),
		cmocka_unit_test(says_how_it_is_used),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
