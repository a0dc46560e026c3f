/* UserInfo responses. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/oidc/userinfo.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

#define GOLDEN "{\"sub\":\"s-1\",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\"]}"
#define JSON "application/json; charset=utf-8"

static char es256[] = "ES256", *words[] = { es256 };
static const struct strlist algorithms = { .v = words, .n = 1 };
static EVP_PKEY *key, *stranger;
static struct jwks *keys;

static struct userinfo_expect
expected(void)
{
	return (struct userinfo_expect){ .sub = "s-1",
		.issuer = "https://idp.example",
		.client_id = "linux-login",
		.keys = keys,
		.algorithms = &algorithms };
}

static int
make_keys(void **state)
{
	char *jwk, *set;

	(void)state;
	key = mint_ec("P-256");
	stranger = mint_ec("P-256");
	jwk = mint_jwk(key, "P-256", "\"kid\":\"k\"");
	set = mint_jwks(jwk, NULL);
	assert_int_equal(jwks_parse(&keys, set, strlen(set), NULL), E_OK);
	free(jwk);
	free(set);
	return 0;
}

static int
drop_keys(void **state)
{
	(void)state;
	jwks_free(keys);
	EVP_PKEY_free(key);
	EVP_PKEY_free(stranger);
	return 0;
}

static void
refused(long status, const char *type, const char *body, enum errcode code, const char *reason)
{
	struct err e = { .code = E_OK };
	struct userinfo_expect x = expected();
	struct claims *c = NULL;

	assert_int_equal(userinfo_parse(&c, status, type, body, strlen(body), &x, &e), code);
	assert_string_equal(e.reason, reason);
	assert_null(c);
}

/* C-097 */
static void
gives_the_claims_of_the_same_subject(void **state)
{
	struct userinfo_expect x = expected();
	struct claims *c = NULL;
	const char *name = NULL;

	(void)state;
	assert_int_equal(userinfo_parse(&c, 200, JSON, GOLDEN, sizeof(GOLDEN) - 1, &x, NULL), E_OK);
	assert_int_equal(claims_str(c, "preferred_username", 64, &name), CLAIMS_OK);
	assert_string_equal(name, "alice");
	claims_free(c);
}

/* C-092 ui.sub.{bad,none,num} */
static void
refuses_another_subject(void **state)
{
	(void)state;
	refused(200, JSON, "{\"sub\":\"s-2\"}", E_CLM, "ui.sub");
	refused(200, JSON, "{\"sub\":\"S-1\"}", E_CLM, "ui.sub");
	refused(200, JSON, "{\"sub\":\"s-1 \"}", E_CLM, "ui.sub");
	refused(200, JSON, "{\"sub\":1}", E_CLM, "ui.sub");
	refused(200, JSON, "{\"sub\":null}", E_CLM, "ui.sub");
	refused(200, JSON, "{\"Sub\":\"s-1\"}", E_CLM, "ui.sub");
	refused(200, JSON, "{}", E_CLM, "ui.sub");
}

/* C-093 ui.{array,jwt,html}, C-094 ui.401, H-15 */
static void
refuses_whatever_is_not_200_with_one_json_object(void **state)
{
	char *big = malloc(USERINFO_MAX + 2);

	(void)state;
	refused(401, JSON, "{}", E_DENY, "ui.401");
	refused(403, "text/html", "", E_DENY, "ui.401");
	refused(201, JSON, GOLDEN, E_PROTO, "ui.status");
	refused(302, JSON, GOLDEN, E_PROTO, "ui.status");
	refused(500, JSON, "{}", E_PROTO, "ui.status");
	refused(200, "application/jwt; charset=utf-8", "h.p.s", E_TOK, "jws.b64");
	refused(200, "application/jwt", GOLDEN, E_TOK, "jws.json");
	refused(200, "text/html", GOLDEN, E_PROTO, "ui.ctype");
	refused(200, NULL, GOLDEN, E_PROTO, "ui.ctype");
	refused(200, JSON, "[" GOLDEN "]", E_PROTO, "ui.json");
	refused(200, JSON, "", E_PROTO, "ui.json");
	refused(200, JSON, "{\"sub\":\"s-1\",\"sub\":\"s-1\"}", E_PROTO, "ui.json");
	memset(big, ' ', USERINFO_MAX + 1);
	big[USERINFO_MAX + 1] = '\0';
	refused(200, JSON, big, E_PROTO, "ui.size");
	free(big);
}

#define HEAD "{\"alg\":\"ES256\",\"kid\":\"k\"}"

static void
signed_answer(
    const char *head, EVP_PKEY *by, const char *payload, enum errcode code, const char *reason)
{
	char *token = mint_token(by, head, payload);
	struct userinfo_expect x = expected();
	struct err e = { .code = E_OK };
	struct claims *c = NULL;

	assert_int_equal(
	    userinfo_parse(&c, 200, "application/jwt", token, strlen(token), &x, &e), code);
	assert_string_equal(e.reason, reason);
	assert_true((c != NULL) == (code == E_OK));
	claims_free(c);
	free(token);
}

/* C-093, Core 5.3.2: the same keys and algorithms as the ID token, and the same subject */
static void
a_signed_answer_counts_under_the_providers_keys(void **state)
{
	(void)state;
	signed_answer(HEAD, key, GOLDEN, E_OK, "");
	signed_answer(HEAD, stranger, GOLDEN, E_TOK, "idt.sig");
	signed_answer("{\"alg\":\"ES256\",\"kid\":\"x\"}", key, GOLDEN, E_KEYS, "jws.kid.unknown");
	signed_answer("{\"alg\":\"none\",\"kid\":\"k\"}", key, GOLDEN, E_TOK, "idt.alg");
	signed_answer("{\"alg\":\"ES384\",\"kid\":\"k\"}", key, GOLDEN, E_TOK, "idt.alg");
	signed_answer(
	    "{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"at+jwt\"}", key, GOLDEN, E_TOK, "idt.typ");
	signed_answer(HEAD, key, "{\"sub\":\"s-2\"}", E_CLM, "ui.sub");
	signed_answer(HEAD, key, "[]", E_PROTO, "ui.json");
}

/* Core 5.3.2: Authelia sends neither iss nor aud; whoever does must mean us */
static void
a_signed_answer_is_of_this_provider_for_this_client(void **state)
{
	static const struct {
		const char *claim, *reason;
	} row[] = { { "\"iss\":\"https://idp.example\"", "" }, { "\"aud\":\"linux-login\"", "" },
		{ "\"aud\":[\"linux-login\",\"other\"]", "" },
		{ "\"iss\":\"https://idp.example/\"", "ui.iss" }, { "\"iss\":5", "ui.iss" },
		{ "\"aud\":\"other\"", "ui.aud" }, { "\"aud\":[\"other\"]", "ui.aud" },
		{ "\"aud\":[]", "ui.aud" }, { "\"aud\":5", "ui.aud" } };
	char payload[128];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		(void)snprintf(payload, sizeof(payload), "{\"sub\":\"s-1\",%s}", row[i].claim);
		signed_answer(
		    HEAD, key, payload, row[i].reason[0] == '\0' ? E_OK : E_CLM, row[i].reason);
	}
}

/* C-101: what stands behind a NUL would be read by nobody, and signed by nobody */
static void
a_signed_answer_has_no_byte_behind_its_token(void **state)
{
	char *token = mint_token(key, HEAD, GOLDEN);
	size_t len = strlen(token);
	struct userinfo_expect x = expected();
	struct err e = { .code = E_OK };
	struct claims *c = NULL;

	(void)state;
	assert_int_equal(userinfo_parse(&c, 200, "application/jwt", token, len + 1, &x, &e), E_TOK);
	assert_string_equal(e.reason, "jws.b64");
	assert_int_equal(userinfo_parse(&c, 200, "application/jwt", token, len, &x, NULL), E_OK);
	claims_free(c);
	free(token);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_claims_of_the_same_subject),
		cmocka_unit_test(refuses_another_subject),
		cmocka_unit_test(refuses_whatever_is_not_200_with_one_json_object),
		cmocka_unit_test(a_signed_answer_counts_under_the_providers_keys),
		cmocka_unit_test(a_signed_answer_is_of_this_provider_for_this_client),
		cmocka_unit_test(a_signed_answer_has_no_byte_behind_its_token),
	};
	return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
