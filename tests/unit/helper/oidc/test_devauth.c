/* Device authorization responses. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "helper/oidc/devauth.h"
#include "tests/support/golden.h"
#include "tests/support/unit.h"

#define ISSUER "https://idp.example"

static char *
document(const char *name, const char *raw)
{
	static const struct golden_member golden[] = {
		{ "device_code", "\"authelia_dc_x&y=z\"" },
		{ "expires_in", "599" },
		{ "interval", "10" },
		{ "user_code", "\"BCDFGHJK\"" },
		{ "verification_uri", "\"" ISSUER "/device\"" },
		{ "verification_uri_complete", "\"" ISSUER "/device?user_code=BCDFGHJK\"" },
	};

	return golden_with(golden, sizeof(golden) / sizeof(golden[0]), name, raw);
}

static enum errcode
parse(struct devauth **out, const char *name, const char *raw, struct err *e)
{
	char *s = document(name, raw);
	enum errcode r;

	*e = (struct err){ .code = E_OK };
	*out = NULL;
	r = devauth_parse(out, s, strlen(s), ISSUER, NULL, e);
	free(s);
	return r;
}

static void
refused(const char *name, const char *raw, const char *reason)
{
	struct devauth *d;
	struct err e;

	assert_int_equal(parse(&d, name, raw, &e), E_PROTO);
	assert_string_equal(e.reason, reason);
	assert_null(d);
}

static struct devauth *
accepted(const char *name, const char *raw)
{
	struct devauth *d;
	struct err e;

	assert_int_equal(parse(&d, name, raw, &e), E_OK);
	return d;
}

/* C-134, C-137, C-138, C-141 */
static void
takes_the_answer_of_authelia_unmodified(void **state)
{
	struct devauth *d = accepted("", NULL);

	(void)state;
	assert_string_equal(d->device_code, "authelia_dc_x&y=z");
	assert_string_equal(d->user_code, "BCDFGHJK");
	assert_string_equal(d->verification_uri, ISSUER "/device");
	assert_string_equal(d->verification_uri_complete, ISSUER "/device?user_code=BCDFGHJK");
	assert_int_equal(d->expires_in, 599);
	assert_int_equal(d->interval, 10);
	devauth_free(d);
}

/* C-134 dev.miss.*, dev.type.* */
static void
refuses_an_answer_without_what_it_needs(void **state)
{
	static const char *const names[] = { "device_code", "user_code", "verification_uri" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		refused(names[i], NULL, "dev.miss");
		refused(names[i], "null", "dev.miss");
		refused(names[i], "\"\"", "dev.miss");
		refused(names[i], "5", "dev.type");
		refused(names[i], "[\"x\"]", "dev.type");
	}
	refused("expires_in", NULL, "dev.miss");
}

/* C-135 dev.int.*, H-19, D-01 */
static void
reads_interval_as_whole_seconds(void **state)
{
	static const char *const bad[] = { "\"5\"", "5.5", "-1", "true", "[5]", "4294967296" };
	struct devauth *d = accepted("interval", NULL);

	(void)state;
	assert_int_equal(d->interval, 5);
	devauth_free(d);
	d = accepted("interval", "null");
	assert_int_equal(d->interval, 5);
	devauth_free(d);
	d = accepted("interval", "0");
	assert_int_equal(d->interval, 0);
	devauth_free(d);
	d = accepted("interval", "31.0");
	assert_int_equal(d->interval, 31);
	devauth_free(d);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused("interval", bad[i], "dev.int");
	refused("interval", "1e400", "dev.json");
}

/* C-136 dev.exp.*, D-10 */
static void
reads_expires_in_as_whole_seconds_above_zero(void **state)
{
	static const char *const bad[] = { "\"599\"", "5.5", "-1", "0", "false", "4294967296" };
	struct devauth *d = accepted("expires_in", "86400.0");

	(void)state;
	assert_int_equal(d->expires_in, 86400);
	devauth_free(d);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused("expires_in", bad[i], "dev.exp");
}

/* C-139 dev.uri.*, H-45 to H-47 */
static void
refuses_addresses_that_nobody_should_open(void **state)
{
	static const char *const names[] = { "verification_uri", "verification_uri_complete" };
	static const char *const bad[] = { "\"http://idp.example/device\"",
		"\"javascript:alert(1)\"", "\"data:text/html,x\"", "\"file:///etc/passwd\"",
		"\"https://idp.example@evil/\"", "\"https://idp.example/#x\"",
		"\"https://idp.example\\\\@evil/\"", "\"https://idp.example/a b\"",
		"\"https://idp.example/\\u001b[2J\"", "\"https://idp.ex\xc3\xa4mple/\"",
		"\"https://idp.example/\\u202e\"" };
	char *uri = malloc(600);

	(void)state;
	for (size_t n = 0; n < 2; n++) {
		for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
			refused(names[n], bad[i], "dev.uri");
		refused(names[n], "\"https://evil.example/device\"", "dev.uri.foreign");
		refused(names[n], "\"https://idp.example:444/device\"", "dev.uri.foreign");
		refused(names[n], "\"https://idp.example.evil/device\"", "dev.uri.foreign");
	}
	memset(uri, 'a', 600);
	memcpy(uri, "\"" ISSUER "/", 21);
	memcpy(uri + 513, "\"", 2);
	devauth_free(accepted("verification_uri", uri));
	memcpy(uri + 513, "a\"", 3);
	refused("verification_uri", uri, "dev.uri");
	free(uri);
}

/* providers.md rule 18 */
static void
takes_listed_origins_and_the_spelling_of_google(void **state)
{
	static const char google[] =
	    "{\"device_code\":\"d\",\"user_code\":\"GQVQ-JKEC\",\"expires_in\":1800,\"interval\":5,"
	    "\"verification_url\":\"https://www.google.example/device\"}";
	struct strlist origins = { .n = 0 };
	struct devauth *d = NULL;

	(void)state;
	assert_int_equal(strlist_add(&origins, "https://www.google.example", 26, 4), E_OK);
	assert_int_equal(
	    devauth_parse(&d, google, sizeof(google) - 1, ISSUER, &origins, NULL), E_OK);
	assert_string_equal(d->verification_uri, "https://www.google.example/device");
	assert_null(d->verification_uri_complete);
	devauth_free(d);
	strlist_clear(&origins);
	devauth_free(accepted("verification_url", "\"http://never.looked.at\""));
}

/* C-140 dev.code.* */
static void
refuses_user_codes_that_cannot_be_typed(void **state)
{
	static const char *const bad[] = { "\"ABC\"", "\" ABCD\"", "\"ABCD \"", "\"AB\\nCD\"",
		"\"AB\\u0085CD\"", "\"ABCD\\u001b[2J\"",
		"\"\xd0\x90"
		"BCD\"",
		"\"123456789012345678901234567890123\"" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused("user_code", bad[i], "dev.code");
	devauth_free(accepted("user_code", "\"AB CD\""));
	devauth_free(accepted("user_code", "\"12345678901234567890123456789012\""));
}

/* H-15 */
static void
refuses_members_that_stand_there_twice(void **state)
{
	(void)state;
	refused("x", "1,\"user_code\":\"EVIL1234\"", "dev.dup");
}

static void
refusal(long status, const char *body, enum errcode code, const char *reason)
{
	struct err e = { .code = E_OK };

	assert_int_equal(devauth_refusal(status, body, strlen(body), &e), code);
	assert_int_equal(e.code, code);
	assert_string_equal(e.reason, reason);
}

/* authelia.md section 2: bodies are `{}` */
static void
tells_errors_of_the_operator_from_those_of_the_provider(void **state)
{
	(void)state;
	refusal(401, "{}\n", E_CFG, "dev.client");
	refusal(401, "", E_CFG, "dev.client");
	refusal(400, "{\"error\":\"invalid_client\"}", E_CFG, "dev.client");
	refusal(403, "{\"error\":\"unauthorized_client\"}", E_CFG, "dev.client");
	refusal(400, "{\"error\":\"invalid_scope\"}", E_CFG, "dev.scope");
	refusal(429, "{}", E_BUSY, "dev.busy");
	refusal(500, "{}", E_NET, "dev.net");
	refusal(503, "<html>", E_NET, "dev.net");
	refusal(400, "{}\n", E_PROTO, "dev.refused");
	refusal(404, "not found", E_PROTO, "dev.refused");
	refusal(302, "", E_PROTO, "dev.refused");
	refusal(204, "", E_PROTO, "dev.refused");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_answer_of_authelia_unmodified),
		cmocka_unit_test(refuses_an_answer_without_what_it_needs),
		cmocka_unit_test(reads_interval_as_whole_seconds),
		cmocka_unit_test(reads_expires_in_as_whole_seconds_above_zero),
		cmocka_unit_test(refuses_addresses_that_nobody_should_open),
		cmocka_unit_test(takes_listed_origins_and_the_spelling_of_google),
		cmocka_unit_test(refuses_user_codes_that_cannot_be_typed),
		cmocka_unit_test(refuses_members_that_stand_there_twice),
		cmocka_unit_test(tells_errors_of_the_operator_from_those_of_the_provider),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
