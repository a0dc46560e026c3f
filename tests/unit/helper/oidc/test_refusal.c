/* What an endpoint says instead of what it was asked for. C-063 */
#include "config.h"

#include <string.h>

#include "helper/oidc/refusal.h"
#include "tests/support/unit.h"

static const struct refusal_reasons why = { "x", "client", "scope", "busy", "net", "other",
	"the endpoint", "is it?" };

static void
is(long status, const char *body, enum errcode code, const char *reason, const char *text)
{
	struct err e = { .code = E_OK };

	assert_int_equal(refusal_of(&why, status, body, strlen(body), &e), code);
	assert_int_equal(e.code, code);
	assert_string_equal(e.reason, reason);
	assert_non_null(strstr(e.text, text));
}

static void
a_client_that_is_not_registered_so_is_the_operators(void **state)
{
	(void)state;
	is(401, "{}\n", E_CFG, "client", "the endpoint refuses this client: HTTP 401");
	is(401, "", E_CFG, "client", "no error code");
	is(400, "{\"error\":\"invalid_client\"}", E_CFG, "client", "invalid_client");
	is(500, "{\"error\":\"unauthorized_client\"}", E_CFG, "client", "HTTP 500");
	is(401, "{\"error\":\"invalid_scope\"}", E_CFG, "scope", "invalid_scope");
}

static void
the_rest_is_told_by_the_status(void **state)
{
	(void)state;
	is(429, "{}", E_BUSY, "busy", "429");
	is(500, "{\"error\":\"server_error\"}", E_NET, "net", "HTTP 500");
	is(599, "<html>", E_NET, "net", "HTTP 599");
	is(600, "", E_PROTO, "other", "HTTP 600");
	is(400, "{\"error\":\"invalid_request\",\"error_description\":\"\\u001b[2Jno\"}", E_PROTO,
	    "other", "HTTP 400, invalid_request: \\x1b[2Jno; is it?");
	is(204, "", E_PROTO, "other", "HTTP 204");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_client_that_is_not_registered_so_is_the_operators),
		cmocka_unit_test(the_rest_is_told_by_the_status),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
