/* Answers at the loopback redirect. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "helper/oidc/callback.h"
#include "tests/support/unit.h"

#define ISSUER "https://idp.example"
#define ISS "iss=https%3A%2F%2Fidp.example"
#define STATE "Kq3v-state_0123456789"
#define HOST "127.0.0.1:40123"
#define TAIL ISS "&state=" STATE
#define GOOD "code=authelia_ac_x&" ISS "&scope=openid+groups&state=" STATE

static const struct callback_expect expected = { HOST, "/callback", STATE, ISSUER, true };

static enum callback_outcome
read_text(struct callback *c, const char *text, const struct callback_expect *x, struct err *e)
{
	*e = (struct err){ .code = E_OK };
	return callback_read(c, text, strlen(text), x == NULL ? &expected : x, e);
}

static enum callback_outcome
read_query(struct callback *c, const char *query, const struct callback_expect *x, struct err *e)
{
	char text[12000];

	(void)snprintf(text, sizeof(text),
	    "GET /callback?%s HTTP/1.1\r\nHost: " HOST "\r\nCookie: a=b\r\n\r\n", query);
	return read_text(c, text, x, e);
}

static void
gives(const char *query, const char *code)
{
	struct callback c;
	struct err e;

	assert_int_equal(read_query(&c, query, NULL, &e), CALLBACK_CODE);
	assert_string_equal(c.code, code);
	assert_int_equal(c.status, 200);
	assert_int_equal(e.code, E_OK);
}

/* The provider's answer, and the end. */
static void
refused_by(
    const struct callback_expect *x, const char *query, enum errcode code, const char *reason)
{
	struct callback c;
	struct err e;

	assert_int_equal(read_query(&c, query, x, &e), CALLBACK_REFUSED);
	assert_int_equal(e.code, code);
	assert_string_equal(e.reason, reason);
	assert_int_equal(c.status, 200);
	assert_string_equal(c.code, "");
}

static void
refused(const char *query, const char *reason)
{
	refused_by(NULL, query, E_CB, reason);
}

/* Not by whom we asked: nothing ends, nothing is used. */
static void
foreign(const char *query, const char *reason)
{
	struct callback c;
	struct err e;

	assert_int_equal(read_query(&c, query, NULL, &e), CALLBACK_FOREIGN);
	assert_int_equal(e.code, E_CB);
	assert_string_equal(e.reason, reason);
	assert_int_equal(c.status, 400);
	assert_string_equal(c.code, "");
}

static void
stray(const char *query)
{
	struct callback c;
	struct err e;

	assert_int_equal(read_query(&c, query, NULL, &e), CALLBACK_STRAY);
	assert_int_equal(e.code, E_OK);
	assert_int_equal(c.status, 400);
}

static void
stray_text(const char *text, int status)
{
	struct callback c;
	struct err e;

	assert_int_equal(read_text(&c, text, NULL, &e), CALLBACK_STRAY);
	assert_int_equal(c.status, status);
}

static void
takes_the_answer_of_authelia(void **state)
{
	(void)state;
	gives(GOOD, "authelia_ac_x");
	gives("state=" STATE "&" ISS "&code=a%2Bb+c%7e", "a+b c~");
}

/* C-031 cb.host, cb.method, cb.path, cb.absolute */
static void
is_asked_by_get_at_one_address_alone(void **state)
{
	static const char *const hosts[] = { "localhost:40123", "evil.example", "127.0.0.1",
		"127.0.0.1:4012", "127.0.0.1:401234", "[::1]:40123", "" };
	char text[512];
	struct callback c;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		(void)snprintf(text, sizeof(text), "GET /callback?%s HTTP/1.1\r\nHost: %s\r\n\r\n",
		    GOOD, hosts[i]);
		stray_text(text, 400);
	}
	stray_text("GET /other?" GOOD " HTTP/1.1\r\nHost: " HOST "\r\n\r\n", 404);
	stray_text("GET /callback/?" GOOD " HTTP/1.1\r\nHost: " HOST "\r\n\r\n", 404);
	stray_text("GET /callbac?" GOOD " HTTP/1.1\r\nHost: " HOST "\r\n\r\n", 404);
	stray_text("GET /%63allback?" GOOD " HTTP/1.1\r\nHost: " HOST "\r\n\r\n", 404);
	stray_text("POST /callback?" GOOD " HTTP/1.1\r\nHost: " HOST "\r\n\r\n", 405);
	stray_text("get /callback?" GOOD " HTTP/1.1\r\nHost: " HOST "\r\n\r\n", 400);
	stray_text("GET http://" HOST "/callback?" GOOD " HTTP/1.1\r\nHost: " HOST "\r\n\r\n", 400);
	assert_int_equal(
	    read_text(&c, "HEAD /callback?" GOOD " HTTP/1.1\r\nHost: " HOST "\r\n\r\n", NULL, &e),
	    CALLBACK_STRAY);
	assert_int_equal(c.status, 405);
	assert_true(c.head);
	assert_int_equal(read_text(&c, "GET /callback?" GOOD, NULL, &e), CALLBACK_MORE);
	assert_int_equal(c.status, 0);
}

/* C-032 cb.state.*, cb.xss; H-50 cb.guess: a code without our state is not sent, and ends nothing
 */
static void
a_code_without_our_state_is_foreign(void **state)
{
	static const char *const states[] = { "state=another-state-0123456",
		"state=Kq3v-state_012345678", "state=Kq3v-state_01234567890",
		"state=kQ3V-STATE_0123456789", "state=", "STATE=" STATE, "state=" STATE "%00",
		"state=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "x=y" };
	char query[256];

	(void)state;
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		(void)snprintf(query, sizeof(query), "code=c&%s&%s", ISS, states[i]);
		foreign(query, "cb.state");
	}
	foreign("code=junk&state=junk", "cb.state");
}

/* providers.md row 11, cb.deny.kanidm: anybody on this machine can send that */
static void
an_error_without_our_state_is_nothing(void **state)
{
	(void)state;
	stray("error=access_denied");
	stray("error=access_denied&state=another&" ISS);
	stray("state=another");
	stray(ISS);
}

/* C-033 cb.dup.*, C-034 cb.dup.case */
static void
nothing_of_ours_comes_twice(void **state)
{
	(void)state;
	refused(GOOD "&code=another", "cb.dup");
	refused(GOOD "&%63ode=another", "cb.dup");
	refused(GOOD "&state=" STATE, "cb.dup");
	refused("state=another&" GOOD, "cb.dup");
	refused(GOOD "&" ISS, "cb.dup");
	refused("error=access_denied&error=access_denied&" ISS "&state=" STATE, "cb.dup");
	gives(GOOD "&CODE=another", "authelia_ac_x");
	gives(GOOD "&scope=another", "authelia_ac_x");
}

/* C-034 cb.extra */
static void
what_nobody_knows_is_ignored(void **state)
{
	(void)state;
	gives("&&" GOOD "&session_state=s&foo=bar&empty=&flag&error_description=%1B%5B2J&&",
	    "authelia_ac_x");
	gives(GOOD "&codes=2&cod=3&a-name-that-is-longer-than-any=4", "authelia_ac_x");
}

/* H-50 cb.amp, cb.pct, cb.novalue, cb.favicon: what is no form is nobody's answer */
static void
a_query_that_is_no_form_is_nothing(void **state)
{
	(void)state;
	stray("");
	stray("&");
	stray("x");
	stray(GOOD "&x=%zz");
	stray(GOOD "&x=%");
	stray(GOOD "&x=%4");
	stray(GOOD "&x=%4g");
	stray(GOOD "&%zz=1");
	stray("code&" ISS "&state=" STATE);
	stray(GOOD "&error");
	stray_text("GET /callback HTTP/1.1\r\nHost: " HOST "\r\n\r\n", 400);
	stray_text("GET /favicon.ico HTTP/1.1\r\nHost: " HOST "\r\n\r\n", 404);
}

/* C-035 cb.code.* */
static void
a_code_is_printable_and_bounded(void **state)
{
	static const char *const bad[] = { "", "abc%00def", "abc%00", "%00",
		"abc%0d%0aX-Injected:+1", "c%c3%b6de", "%7f", "%1b[2J" };
	char query[6000], ccc[CALLBACK_CODE_MAX + 2];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(query, sizeof(query), "code=%s&%s", bad[i], TAIL);
		refused(query, "cb.code");
	}
	refused(ISS "&state=" STATE, "cb.code");
	memset(ccc, 'c', sizeof(ccc));
	ccc[CALLBACK_CODE_MAX] = '\0';
	(void)snprintf(query, sizeof(query), "code=%s&%s", ccc, TAIL);
	gives(query, ccc);
	(void)snprintf(query, sizeof(query), "code=c%s&%s", ccc, TAIL);
	refused(query, "cb.code");
	(void)snprintf(query, sizeof(query), "code=%s%s&%s", ccc, ccc, TAIL);
	refused(query, "cb.code");
}

/* C-036 cb.err.*, C-037 cb.err.esc */
static void
errors_end_it_and_their_texts_are_not_repeated(void **state)
{
	static const char tail[] =
	    "&" ISS "&state=" STATE "&error_description=%1B%5B2J%3Cscript%3E%0APassword%3A+";
	char query[512];
	struct callback c;
	struct err e;

	(void)state;
	(void)snprintf(query, sizeof(query), "error=access_denied%s", tail);
	refused_by(NULL, query, E_DENY, "cb.denied");
	(void)snprintf(query, sizeof(query), "error=access_denied&code=c%s", tail);
	refused(query, "cb.err");
	(void)snprintf(query, sizeof(query), "error=%s", tail);
	refused(query, "cb.err");
	(void)snprintf(query, sizeof(query), "error=access_denied%%00%s", tail);
	refused(query, "cb.err");
	(void)snprintf(query, sizeof(query), "error=server_error%%1b%s", tail);
	refused(query, "cb.err");
	assert_int_equal(read_query(&c, query, NULL, &e), CALLBACK_REFUSED);
	assert_string_equal(e.text, "the authorization endpoint answers error server_error\\x1b");
}

/* C-038 cb.iss.*, C-039 cb.iss.err, C-040 cb.iss.unadv, C-041 cb.iss.none */
static void
iss_is_compared_before_anything_counts(void **state)
{
	static const char *const bad[] = { "https%3A%2F%2Fevil.example",
		"https%3A%2F%2Fidp.example%2F", "https%3A%2F%2Fidp.exampl",
		"https%3A%2F%2FIDP.example", "https%3A%2F%2Fidp.example%00", "" };
	const struct callback_expect silent = { HOST, "/callback", STATE, ISSUER, false };
	struct callback c;
	char query[512];
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(query, sizeof(query), "code=c&iss=%s&state=" STATE, bad[i]);
		refused(query, "cb.iss");
		refused_by(&silent, query, E_CB, "cb.iss");
		(void)snprintf(
		    query, sizeof(query), "error=access_denied&iss=%s&state=" STATE, bad[i]);
		refused(query, "cb.iss");
		refused_by(&silent, query, E_CB, "cb.iss");
	}
	refused("code=c&state=" STATE, "cb.iss");
	refused("error=access_denied&state=" STATE, "cb.iss");
	assert_int_equal(read_query(&c, "code=c&state=" STATE, &silent, &e), CALLBACK_CODE);
	assert_int_equal(read_query(&c, GOOD, &silent, &e), CALLBACK_CODE);
}

/* C-042 cb.jarm */
static void
a_jwt_is_no_answer(void **state)
{
	(void)state;
	foreign("response=eyJhbGciOiJub25lIn0.eyJjb2RlIjoiYW5vdGhlciJ9.", "cb.jarm");
	refused(GOOD "&response=eyJ", "cb.jarm");
	refused("response=eyJ&state=" STATE, "cb.jarm");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_answer_of_authelia),
		cmocka_unit_test(is_asked_by_get_at_one_address_alone),
		cmocka_unit_test(a_code_without_our_state_is_foreign),
		cmocka_unit_test(an_error_without_our_state_is_nothing),
		cmocka_unit_test(nothing_of_ours_comes_twice),
		cmocka_unit_test(what_nobody_knows_is_ignored),
		cmocka_unit_test(a_query_that_is_no_form_is_nothing),
		cmocka_unit_test(a_code_is_printable_and_bounded),
		cmocka_unit_test(errors_end_it_and_their_texts_are_not_repeated),
		cmocka_unit_test(iss_is_compared_before_anything_counts),
		cmocka_unit_test(a_jwt_is_no_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
