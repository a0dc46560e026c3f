/* Answers of the token endpoint. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/oidc/token.h"
#include "tests/support/unit.h"

#define GOLDEN                                                                                     \
	"{\"access_token\":\"authelia_at_x.y-z~+/==\",\"expires_in\":3599,\"id_token\":\"h.p.s\"," \
	"\"scope\":\"openid groups\",\"token_type\":\"bearer\"}"

static enum token_outcome
parse(struct token **out, long status, const char *body, struct err *e)
{
	*e = (struct err){ .code = E_OK };
	*out = NULL;
	return token_parse(out, status, body, strlen(body), e);
}

static void
refused(long status, const char *body, enum errcode code, const char *reason)
{
	struct token *t;
	struct err e;

	assert_int_equal(parse(&t, status, body, &e), TOKEN_REFUSED);
	assert_int_equal(e.code, code);
	assert_string_equal(e.reason, reason);
	assert_null(t);
}

static void
outcome(long status, const char *body, enum token_outcome is)
{
	struct token *t;
	struct err e;

	assert_int_equal(parse(&t, status, body, &e), is);
	assert_int_equal(e.code, E_OK);
	assert_null(t);
}

static void
accepted(const char *body)
{
	struct token *t;
	struct err e;

	assert_int_equal(parse(&t, 200, body, &e), TOKEN_SUCCESS);
	token_free(t);
}

static void
takes_both_tokens(void **state)
{
	struct token *t;
	struct err e;

	(void)state;
	assert_int_equal(parse(&t, 200, GOLDEN, &e), TOKEN_SUCCESS);
	assert_string_equal(t->access_token, "authelia_at_x.y-z~+/==");
	assert_string_equal(t->id_token, "h.p.s");
	token_free(t);
	token_free(NULL);
}

/* C-056 tok.type.case, C-058, C-059, C-065 */
static void
does_not_mind_case_of_bearer_nor_members_of_no_concern(void **state)
{
	(void)state;
	accepted("{\"access_token\":\"a\",\"id_token\":\"h.p.s\",\"token_type\":\"BeArEr\"}");
	accepted("{\"access_token\":\"a\",\"id_token\":\"h.p.s\",\"token_type\":\"Bearer\","
	         "\"expires_in\":60.5,\"refresh_token\":\"r\",\"x\":{},\"error\":null}");
}

/* C-054 tok.{201,array,null,string,empty} */
static void
success_is_200_with_one_object(void **state)
{
	(void)state;
	refused(201, GOLDEN, E_PROTO, "tok.status");
	refused(200, "[]", E_PROTO, "tok.json");
	refused(200, "null", E_PROTO, "tok.json");
	refused(200, "\"x\"", E_PROTO, "tok.json");
	refused(200, "", E_PROTO, "tok.json");
	refused(200, "<html>", E_PROTO, "tok.json");
	refused(200, GOLDEN GOLDEN, E_PROTO, "tok.json");
	refused(200, "{\"id_token\":\"a\",\"id_token\":\"b\"}", E_PROTO, "tok.dup");
}

/* C-055 tok.at.*, C-056 tok.type.*, C-057 tok.noidt, C-058 tok.exp.*, H-49 */
static void
refuses_members_that_are_not_what_they_must_be(void **state)
{
	static const char *const at[] = { "5", "\"\"", "\"a\\r\\nX: y\"", "\"a b\"", "\"\xc3\xa9\"",
		"\"=\"", "\"a=b\"", "null" };
	char body[256];

	(void)state;
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		(void)snprintf(body, sizeof(body),
		    "{\"access_token\":%s,\"id_token\":\"h.p.s\",\"token_type\":\"bearer\"}",
		    at[i]);
		refused(200, body, E_PROTO, "tok.at");
	}
	refused(200, "{\"id_token\":\"h.p.s\",\"token_type\":\"bearer\"}", E_PROTO, "tok.at");
	refused(200, "{\"access_token\":\"a\",\"id_token\":\"h.p.s\"}", E_PROTO, "tok.type");
	refused(200, "{\"access_token\":\"a\",\"id_token\":\"h.p.s\",\"token_type\":\"DPoP\"}",
	    E_PROTO, "tok.type");
	refused(200, "{\"access_token\":\"a\",\"id_token\":\"h.p.s\",\"token_type\":\"mac\"}",
	    E_PROTO, "tok.type");
	refused(200, "{\"access_token\":\"a\",\"token_type\":\"bearer\"}", E_PROTO, "tok.noidt");
	refused(200, "{\"access_token\":\"a\",\"id_token\":7,\"token_type\":\"bearer\"}", E_PROTO,
	    "tok.idt");
	refused(200,
	    "{\"access_token\":\"a\",\"id_token\":\"h.p.s\",\"token_type\":\"bearer\","
	    "\"expires_in\":\"3600\"}",
	    E_PROTO, "tok.exp");
	refused(200,
	    "{\"access_token\":\"a\",\"id_token\":\"h.p.s\",\"token_type\":\"bearer\","
	    "\"expires_in\":-1}",
	    E_PROTO, "tok.exp");
}

/* H-33: one byte too long */
static void
refuses_tokens_over_their_limit(void **state)
{
	char *body = malloc(TOKEN_MAX + 1), *at;
	struct token *t;
	struct err e;

	(void)state;
	at = body +
	    snprintf(body, TOKEN_MAX,
	        "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"id_token\":\"");
	memset(at, 'a', TOKEN_ID_MAX + 1);
	memcpy(at + TOKEN_ID_MAX, "\"}", 3);
	assert_int_equal(parse(&t, 200, body, &e), TOKEN_SUCCESS);
	token_free(t);
	memcpy(at + TOKEN_ID_MAX, "a\"}", 4);
	refused(200, body, E_PROTO, "tok.idt");
	memset(body, ' ', TOKEN_MAX + 1);
	e = (struct err){ .code = E_OK };
	assert_int_equal(token_parse(&t, 200, body, TOKEN_MAX + 1, &e), TOKEN_REFUSED);
	assert_string_equal(e.reason, "tok.size");
	free(body);
}

/* C-061 tok.200err, D-20 */
static void
a_200_with_an_error_is_no_success(void **state)
{
	(void)state;
	refused(200, "{\"error\":\"authorization_pending\"}", E_PROTO, "tok.200err");
	refused(200,
	    "{\"error\":\"x\",\"access_token\":\"a\",\"id_token\":\"h.p.s\",\"token_type\":"
	    "\"bearer\"}",
	    E_PROTO, "tok.200err");
}

/* C-144, C-145, providers.md 6: the code decides, 400, 401, 403, 428 and 429 carry it */
static void
the_error_decides_whatever_the_status(void **state)
{
	static const long status[] = { 400, 401, 403, 428, 429, 500 };

	(void)state;
	for (size_t i = 0; i < sizeof(status) / sizeof(status[0]); i++) {
		outcome(status[i], "{\"error\":\"authorization_pending\"}", TOKEN_PENDING);
		outcome(status[i], "{\"error\":\"slow_down\"}", TOKEN_SLOW_DOWN);
		outcome(status[i], "{\"error\":\"server_error\"}", TOKEN_SERVER_ERROR);
		refused(status[i], "{\"error\":\"access_denied\"}", E_DENY, "dev.denied");
		refused(status[i], "{\"error\":\"authorization_declined\"}", E_DENY, "dev.denied");
		refused(status[i], "{\"error\":\"expired_token\"}", E_EXP, "dev.expired");
		refused(status[i], "{\"error\":\"invalid_client\"}", E_CFG, "tok.client");
		refused(status[i], "{\"error\":\"unauthorized_client\"}", E_CFG, "tok.client");
	}
}

/* C-062, C-146 dev.err.*, D-20 upper case */
static void
any_other_error_is_a_refusal(void **state)
{
	(void)state;
	refused(400, "{\"error\":\"invalid_grant\"}", E_DENY, "tok.err.other");
	refused(400, "{\"error\":\"made_up\"}", E_DENY, "tok.err.other");
	refused(400, "{\"error\":\"AUTHORIZATION_PENDING\"}", E_DENY, "tok.err.other");
	refused(400, "{\"error\":\"authorization_pending \"}", E_DENY, "tok.err.other");
}

/* C-063 */
static void
a_401_is_for_the_operator(void **state)
{
	(void)state;
	refused(401, "{}", E_CFG, "tok.client");
	refused(401, "", E_CFG, "tok.client");
	refused(401, "{\"error\":\"whatever\"}", E_CFG, "tok.client");
}

/* D-13 */
static void
failures_of_the_way_are_tried_again(void **state)
{
	(void)state;
	outcome(429, "{\"error\":\"temporarily_unavailable\"}", TOKEN_RETRY);
	outcome(429, "", TOKEN_RETRY);
	outcome(500, "", TOKEN_RETRY);
	outcome(502, "<html>", TOKEN_RETRY);
	outcome(503, "{}", TOKEN_RETRY);
	outcome(504, "<html>", TOKEN_RETRY);
	outcome(403, "<html>", TOKEN_RETRY);
	outcome(500, "{\"error\":\"unknown_error\"}", TOKEN_RETRY);
}

/* C-050 *.redir, C-064 tok.err.ctl */
static void
nonsense_stops(void **state)
{
	(void)state;
	refused(302, "", E_PROTO, "tok.redir");
	refused(308, "{}", E_PROTO, "tok.redir");
	refused(400, "{}", E_PROTO, "tok.status");
	refused(204, "", E_PROTO, "tok.status");
	refused(400, "{\"error\":5}", E_PROTO, "tok.err.ctl");
	refused(400, "{\"error\":\"a\\u001b[2J\"}", E_PROTO, "tok.err.ctl");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_both_tokens),
		cmocka_unit_test(does_not_mind_case_of_bearer_nor_members_of_no_concern),
		cmocka_unit_test(success_is_200_with_one_object),
		cmocka_unit_test(refuses_members_that_are_not_what_they_must_be),
		cmocka_unit_test(refuses_tokens_over_their_limit),
		cmocka_unit_test(a_200_with_an_error_is_no_success),
		cmocka_unit_test(the_error_decides_whatever_the_status),
		cmocka_unit_test(any_other_error_is_a_refusal),
		cmocka_unit_test(a_401_is_for_the_operator),
		cmocka_unit_test(failures_of_the_way_are_tried_again),
		cmocka_unit_test(nonsense_stops),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
