/* The verification of ID tokens: its path and its order. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/golden_token.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

static char rs256[] = "RS256", *first[] = { rs256 };
static const struct strlist only_rs256 = { .v = first, .n = 1 };

static void
takes_the_golden_token(void **state)
{
	const struct golden_token *g = *state;
	char *body = golden_token_payload("", NULL),
	     *token = mint_token(g->rsa, GOLDEN_TOKEN_HEAD, body);
	struct idtoken *t;
	struct err e;

	assert_int_equal(golden_token_verify(g, &t, token, NULL, &e), E_OK);
	assert_string_equal(t->alg, "RS256");
	assert_string_equal(t->kid, "r");
	assert_string_equal(t->iss, "https://idp.example");
	assert_string_equal(t->sub, "6a1cf9d1-54a9-4e9b-8b6e-1f6a5f9d7c11");
	assert_string_equal(t->azp, "linux-login");
	assert_string_equal(t->nonce, "n-0123456789");
	assert_null(t->acr);
	assert_int_equal(t->iat, GOLDEN_TOKEN_NOW);
	assert_int_equal(t->exp, GOLDEN_TOKEN_NOW + 3600);
	assert_false(t->has_nbf);
	assert_true(t->has_auth_time);
	assert_int_equal(t->auth_time, GOLDEN_TOKEN_NOW - 10);
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
	const struct golden_token *g = *state;
	golden_token_judge(g, "{\"alg\":\"ES256\",\"kid\":\"e\"}", g->ec,
	    golden_token_payload("", NULL), NULL, E_OK, "");
	golden_token_judge(
	    g, "{\"alg\":\"ES256\"}", g->ec, golden_token_payload("", NULL), NULL, E_OK, "");
	golden_token_judge(
	    g, "{\"alg\":\"RS256\"}", g->rsa, golden_token_payload("", NULL), NULL, E_OK, "");
}

/* C-073, C-074, C-112, C-114, C-127, H-38 */
static void
refuses_other_keys_and_algorithms(void **state)
{
	const struct golden_token *g = *state;
	struct idtoken_expect x = g->expect;

	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->stranger, golden_token_payload("", NULL), NULL,
	    E_TOK, "idt.sig");
	golden_token_judge(g, "{\"alg\":\"RS256\",\"kid\":\"new\"}", g->rsa,
	    golden_token_payload("", NULL), NULL, E_KEYS, "jws.kid.unknown");
	golden_token_judge(g, "{\"alg\":\"RS256\",\"kid\":\"e\"}", g->rsa,
	    golden_token_payload("", NULL), NULL, E_KEYS, "jwks.kty-mm");
	golden_token_judge(g, "{\"alg\":\"ES256\",\"kid\":\"r\"}", g->rsa,
	    golden_token_payload("", NULL), NULL, E_KEYS, "jwks.kty-mm");
	x.algorithms = &only_rs256;
	golden_token_judge(g, "{\"alg\":\"ES256\",\"kid\":\"e\"}", g->ec,
	    golden_token_payload("", NULL), &x, E_TOK, "idt.alg");
	golden_token_judge(g, "{\"alg\":\"none\"}", g->rsa, golden_token_payload("", NULL), NULL,
	    E_TOK, "idt.alg");
}

/* H-22: the public key as an HMAC secret never gets that far */
static void
refuses_hmac_whatever_the_key(void **state)
{
	const struct golden_token *g = *state;
	char *body = golden_token_payload("", NULL),
	     *input = mint_input("{\"alg\":\"HS256\",\"kid\":\"r\"}", body);
	char *token = mint_join(input, (const uint8_t *)"0123456789abcdef0123456789abcdef", 32);
	struct idtoken *t;
	struct err e;

	assert_int_equal(golden_token_verify(g, &t, token, NULL, &e), E_TOK);
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
	const struct golden_token *g = *state;
	golden_token_judge(
	    g, GOLDEN_TOKEN_HEAD, g->stranger, strdup("[garbage"), NULL, E_TOK, "idt.sig");
	golden_token_judge(
	    g, GOLDEN_TOKEN_HEAD, g->rsa, strdup("[garbage"), NULL, E_TOK, "idt.json");
}

/* C-086 idt.dup.claim, C-088, C-128 idt.utf8, H-35 */
static void
refuses_payloads_that_are_not_one_strict_object(void **state)
{
	const struct golden_token *g = *state;
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa,
	    golden_token_payload("x", "1,\"sub\":\"root\""), NULL, E_TOK, "idt.dup");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa,
	    golden_token_payload("x", "1,\"\\u0073ub\":\"root\""), NULL, E_TOK, "idt.dup");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("x", "\"\xff\""),
	    NULL, E_TOK, "idt.json");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa, golden_token_payload("x", "1}{"), NULL,
	    E_TOK, "idt.json");
	golden_token_judge(
	    g, GOLDEN_TOKEN_HEAD, g->rsa, strdup("\"text\""), NULL, E_TOK, "idt.json");
	golden_token_judge(g, GOLDEN_TOKEN_HEAD, g->rsa,
	    golden_token_payload("x", "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"), NULL, E_TOK,
	    "idt.depth");
}

static void
no_refusal_repeats_the_token_or_the_nonce(void **state)
{
	const struct golden_token *g = *state;
	char *body = golden_token_payload("nonce", "\"n-eeeeeeeeee\""),
	     *token = mint_token(g->rsa, GOLDEN_TOKEN_HEAD, body);
	struct idtoken *t;
	struct err e;

	assert_int_equal(golden_token_verify(g, &t, token, NULL, &e), E_CLM);
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
		cmocka_unit_test(no_refusal_repeats_the_token_or_the_nonce),
	};
	return cmocka_run_group_tests(tests, golden_token_setup, golden_token_teardown);
}
