/* From a token's text to its verified payload. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "helper/oidc/compact.h"
#include "tests/support/golden_token.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

static enum errcode
open_it(const struct golden_token *g, const char *token, struct compact *c, struct err *e)
{
	*e = (struct err){ .code = E_OK };
	*c = (struct compact){ .payload = NULL };
	return compact_open(c, token, g->keys, &golden_token_algorithms, e);
}

static void
gives_the_payload_that_was_signed(void **state)
{
	const struct golden_token *g = *state;
	char *token = mint_token(g->rsa, GOLDEN_TOKEN_HEAD, " any bytes \x01");
	struct compact c;
	struct err e;

	assert_int_equal(open_it(g, token, &c, &e), E_OK);
	assert_int_equal(c.len, 12);
	assert_memory_equal(c.payload, " any bytes \x01", 12);
	assert_string_equal(c.head.alg->name, "RS256");
	assert_string_equal(c.head.kid, "r");
	compact_clear(&c);
	assert_null(c.payload);
	free(token);
}

/* C-073, C-127: nothing comes out of what does not verify */
static void
gives_nothing_of_what_nobody_signed(void **state)
{
	const struct golden_token *g = *state;
	char *other = mint_token(g->stranger, GOLDEN_TOKEN_HEAD, "{}"),
	     *none = mint_token(g->rsa, "{\"alg\":\"none\"}", "{}"),
	     *unknown = mint_token(g->rsa, "{\"alg\":\"RS256\",\"kid\":\"x\"}", "{}");
	struct compact c;
	struct err e;

	assert_int_equal(open_it(g, other, &c, &e), E_TOK);
	assert_string_equal(e.reason, "idt.sig");
	assert_null(c.payload);
	assert_int_equal(open_it(g, none, &c, &e), E_TOK);
	assert_string_equal(e.reason, "idt.alg");
	assert_int_equal(open_it(g, unknown, &c, &e), E_KEYS);
	assert_string_equal(e.reason, "jws.kid.unknown");
	assert_int_equal(open_it(g, "a.b", &c, &e), E_TOK);
	assert_null(c.payload);
	free(other);
	free(none);
	free(unknown);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_payload_that_was_signed),
		cmocka_unit_test(gives_nothing_of_what_nobody_signed),
	};
	return cmocka_run_group_tests(tests, golden_token_setup, golden_token_teardown);
}
