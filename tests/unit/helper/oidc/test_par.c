/* Answers to pushed authorization requests. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/oidc/par.h"
#include "tests/support/golden.h"
#include "tests/support/unit.h"

#define URN "urn:ietf:params:oauth:request_uri:bwc4JK-ESC0w8acc191e-Y1LTC2"

static enum errcode
parse(struct par *out, long status, const char *name, const char *raw, struct err *e)
{
	static const struct golden_member golden[] = {
		{ "request_uri", "\"" URN "\"" },
		{ "expires_in", "300" },
	};
	char *s = golden_with(golden, sizeof(golden) / sizeof(golden[0]), name, raw);
	enum errcode r;

	*e = (struct err){ .code = E_OK };
	r = par_parse(out, status, s, strlen(s), e);
	free(s);
	return r;
}

static void
refused(long status, const char *name, const char *raw, enum errcode code, const char *reason)
{
	struct par p = { .expires_in = 7 };
	struct err e;

	assert_int_equal(parse(&p, status, name, raw, &e), code);
	assert_string_equal(e.reason, reason);
	assert_int_equal(p.expires_in, 7);
}

static void
accepted(const char *name, const char *raw)
{
	struct par p;
	struct err e;

	assert_int_equal(parse(&p, 201, name, raw, &e), E_OK);
}

/* C-051 par.ok */
static void
takes_a_201_with_a_name_and_a_life(void **state)
{
	struct par p;
	struct err e;

	(void)state;
	assert_int_equal(parse(&p, 201, "more", "[1]", &e), E_OK);
	assert_string_equal(p.request_uri, URN);
	assert_int_equal(p.expires_in, 300);
}

/* C-050 par.redir.*, C-052 par.200 */
static void
no_other_status_is_a_success(void **state)
{
	static const long bad[] = { 200, 202, 204, 301, 302, 303, 307, 308, 100, 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(bad[i], "", NULL, E_PROTO, "par.status");
}

/* C-052 par.nouri, par.uri.* */
static void
a_request_uri_is_a_bounded_name(void **state)
{
	static const char *const bad[] = { NULL, "null", "\"\"", "7", "[\"urn:x\"]",
		"\"urn:x&redirect_uri=https://evil.example/\"", "\"urn:x#f\"", "\"urn:x?a\"",
		"\"urn:x y\"", "\"urn:x\\u0000\"", "\"urn:x\\u001b[2J\"", "\"urn:\xc3\xa4\"" };
	char uri[PAR_URI_MAX + 4];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(201, "request_uri", bad[i], E_PROTO,
		    i == 9 ? "par.json" : "par.uri"); /* a NUL is no JSON of ours */
	memset(uri, 'u', sizeof(uri));
	uri[0] = '"';
	memcpy(uri + PAR_URI_MAX + 1, "\"", 2);
	accepted("request_uri", uri);
	memcpy(uri + PAR_URI_MAX + 1, "u\"", 3);
	refused(201, "request_uri", uri, E_PROTO, "par.uri");
	accepted("request_uri", "\"https://idp.example/r/1%20+=@,;\"");
}

/* C-052 par.noexp; C-053: a life that is over before it began is none */
static void
a_life_is_a_whole_number_of_seconds(void **state)
{
	static const char *const bad[] = { NULL, "null", "\"300\"", "0", "-1", "1.5", "true",
		"4294967296" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(201, "expires_in", bad[i], E_PROTO, "par.exp");
	accepted("expires_in", "1");
	accepted("expires_in", "60.0");
}

static void
body_refused(long status, const char *body, enum errcode code, const char *reason)
{
	struct par p;
	struct err e = { .code = E_OK };

	assert_int_equal(par_parse(&p, status, body, strlen(body), &e), code);
	assert_string_equal(e.reason, reason);
}

/* C-052 par.err, C-063 par.401, H-15 */
static void
an_error_says_whose_fault_it_is(void **state)
{
	(void)state;
	body_refused(400, "{\"error\":\"invalid_request\"}", E_PROTO, "par.refused");
	body_refused(400, "{}", E_PROTO, "par.refused");
	body_refused(404, "<html>", E_PROTO, "par.refused");
	body_refused(401, "{}", E_CFG, "par.client");
	body_refused(400, "{\"error\":\"invalid_client\"}", E_CFG, "par.client");
	body_refused(400, "{\"error\":\"invalid_scope\"}", E_CFG, "par.scope");
	body_refused(429, "{}", E_BUSY, "par.busy");
	body_refused(500, "{}", E_NET, "par.net");
	body_refused(201, "[]", E_PROTO, "par.json");
	body_refused(201, "{\"expires_in\":1,\"expires_in\":2}", E_PROTO, "par.dup");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_a_201_with_a_name_and_a_life),
		cmocka_unit_test(no_other_status_is_a_success),
		cmocka_unit_test(a_request_uri_is_a_bounded_name),
		cmocka_unit_test(a_life_is_a_whole_number_of_seconds),
		cmocka_unit_test(an_error_says_whose_fault_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
