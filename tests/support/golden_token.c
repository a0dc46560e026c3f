/* What the tests of ID tokens share. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/golden.h"
#include "tests/support/golden_token.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

static char rs256[] = "RS256", es256[] = "ES256";
static char *names[] = { rs256, es256 };
const struct strlist golden_token_algorithms = { .v = names, .n = 2 };

int
golden_token_setup(void **state)
{
	struct golden_token *g = calloc(1, sizeof(*g));
	char *r, *e, *set;

	assert_non_null(g);
	g->rsa = mint_rsa(2048);
	g->stranger = mint_rsa(2048);
	g->ec = mint_ec("prime256v1");
	r = mint_jwk(g->rsa, NULL, "\"kid\":\"r\",\"use\":\"sig\",\"alg\":\"RS256\"");
	e = mint_jwk(g->ec, "P-256", "\"kid\":\"e\"");
	set = mint_jwks(r, e);
	assert_int_equal(jwks_parse(&g->keys, set, strlen(set), NULL), E_OK);
	free(r);
	free(e);
	free(set);
	g->expect = (struct idtoken_expect){ .issuer = "https://idp.example",
		.client_id = "linux-login",
		.algorithms = &golden_token_algorithms,
		.nonce = "n-0123456789",
		.access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxi0z9K3vx5KF0Y0",
		.started = GOLDEN_TOKEN_NOW - 40,
		.now = GOLDEN_TOKEN_NOW,
		.skew = 60 };
	*state = g;
	return 0;
}

int
golden_token_teardown(void **state)
{
	struct golden_token *g = *state;

	jwks_free(g->keys);
	EVP_PKEY_free(g->rsa);
	EVP_PKEY_free(g->ec);
	EVP_PKEY_free(g->stranger);
	free(g);
	return 0;
}

char *
golden_token_payload(const char *name, const char *raw)
{
	static const struct golden_member golden[] = {
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

	return golden_with(golden, sizeof(golden) / sizeof(golden[0]), name, raw);
}

enum errcode
golden_token_verify(const struct golden_token *g, struct idtoken **out, const char *token,
    const struct idtoken_expect *x, struct err *e)
{
	*e = (struct err){ .code = E_OK };
	*out = NULL;
	return idtoken_verify(out, token, g->keys, x == NULL ? &g->expect : x, e);
}

void
golden_token_judge(const struct golden_token *g, const char *header, EVP_PKEY *k, char *body,
    const struct idtoken_expect *x, enum errcode code, const char *reason)
{
	char *token = mint_token(k, header, body);
	struct idtoken *t;
	struct err e;
	enum errcode r = golden_token_verify(g, &t, token, x, &e);

	if (r != code || strcmp(e.reason, reason) != 0)
		print_message("%s: %s\n", body, e.text);
	assert_int_equal(r, code);
	assert_string_equal(e.reason, reason);
	assert_true((t != NULL) == (code == E_OK));
	idtoken_free(t);
	free(token);
	free(body);
}
