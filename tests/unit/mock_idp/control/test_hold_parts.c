/* What was in the requests. */
#include "config.h"

#include "mock_idp/control/hold.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define FORM "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "

static void
holds(struct fixture *f, const char *line)
{
	assert_string_equal(fixture_expect(f, line), "");
}

static void
fails(struct fixture *f, const char *line, const char *why)
{
	assert_string_equal(fixture_expect(f, line), why);
}

static void
each_request_has_that_header(void **state)
{
	struct fixture *f = *state;

	fails(f, "header token accept a/b", "token: no request, expected one or more");
	fixture_heard(f, NULL, "token", 1, "GET / HTTP/1.1\r\nHost: h\r\nAccept: a/b\r\n\r\n");
	fixture_heard(f, NULL, "jwks", 1, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	holds(f, "header token accept a/b");
	holds(f, "header token Accept a/b");
	fails(f, "header token accept a/b c",
	    "token: seq 1 has accept \"a/b\", expected \"a/b ...\"");
	fails(f, "header token accept A/B", "token: seq 1 has accept \"a/b\", expected \"A/B\"");
	fails(f, "header any accept a/b", "any: seq 2 has no accept, expected \"a/b\"");
	fixture_heard(f, NULL, "token", 1,
	    "GET / HTTP/1.1\r\nHost: h\r\nAccept: a/b\r\nAccept: \xff\r\n\r\n");
	fails(f, "header token accept a/b", "token: seq 3 has accept \"\\xff\", expected \"a/b\"");
}

static void
no_request_has_that_header(void **state)
{
	struct fixture *f = *state;

	fails(f, "no-header token cookie", "token: no request, expected one or more");
	fixture_heard(f, NULL, "token", 1, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	holds(f, "no-header token cookie");
	fixture_heard(f, NULL, "token", 1, "GET / HTTP/1.1\r\nHost: h\r\nCookie: a=1\r\n\r\n");
	fails(f, "no-header token cookie", "token: seq 2 has cookie \"a=1\", expected none");
}

static void
each_request_has_that_parameter(void **state)
{
	struct fixture *f = *state;

	fixture_heard(f, NULL, "device", 1,
	    "POST /?client_id=c HTTP/1.1\r\nHost: h\r\n" FORM "18\r\n\r\nscope=a+b&code=%41");
	holds(f, "param device client_id c");
	holds(f, "param device scope a b");
	/* secrets are compared as they came */
	holds(f, "param device code A");
	fails(f, "param device scope a", "device: seq 1 has scope \"a b\", expected \"a\"");
	fails(f, "param device scope a b c", "device: seq 1 has scope \"a b\", expected \"a ...\"");
	fails(f, "param device scope ab", "device: seq 1 has scope \"a b\", expected \"ab\"");
	fails(f, "param device Scope a b", "device: seq 1 has no Scope, expected \"a ...\"");
	fixture_heard(
	    f, NULL, "device", 1, "GET /?client_id=c&client_id=d HTTP/1.1\r\nHost: h\r\n\r\n");
	fails(f, "param device client_id c", "device: seq 2 has client_id \"d\", expected \"c\"");
}

static void
no_request_has_that_parameter(void **state)
{
	struct fixture *f = *state;

	fixture_heard(f, NULL, "token", 1, "GET /?a=1 HTTP/1.1\r\nHost: h\r\n\r\n");
	holds(f, "no-param token client_secret");
	fails(f, "no-param token a", "token: seq 1 has a \"1\", expected none");
	fixture_heard(
	    f, NULL, "token", 1, "POST / HTTP/1.1\r\nHost: h\r\n" FORM "15\r\n\r\nclient_secret=x");
	fails(f, "no-param token client_secret",
	    "token: seq 2 has client_secret \"x\", expected none");
}

static void
what_cannot_be_read_holds_up_to_nothing_unless_nothing_came(void **state)
{
	struct fixture *f = *state;

	/* somebody connected, and that is all */
	(void)fixture_ask(f, "", "", NULL);
	f->x.listener = "evil_http";
	journal_record(&f->w.journal, &f->x, 1);
	fails(f, "no-header evil cookie", "evil: no request, expected one or more");
	fixture_heard(f, "evil_http", NULL, 1, "nonsense");
	fails(f, "no-header evil cookie", "evil: seq 2 could not be read");
}

static void
no_violation_or_that_one(void **state)
{
	struct fixture *f = *state;

	(void)fixture_ask(f, "GET", "/a", NULL);
	journal_record(&f->w.journal, &f->x, 1);
	holds(f, "clean");
	fails(f, "violation cookie", "no violation at all, expected cookie");
	msg_violation(&f->x, "host", "a.test");
	msg_violation(&f->x, "client_auth", "method");
	journal_record(&f->w.journal, &f->x, 2);
	fails(f, "clean", "seq 2: violation host:a.test, expected none");
	holds(f, "violation client_auth:method");
	holds(f, "violation client_auth");
	holds(f, "violation host");
	fails(f, "violation client", "no violation client, the first is host:a.test");
	fails(f, "violation client_auth:m", "no violation client_auth:m, the first is host:a.test");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_request_has_that_header, fixture_reset),
		cmocka_unit_test_setup(no_request_has_that_header, fixture_reset),
		cmocka_unit_test_setup(each_request_has_that_parameter, fixture_reset),
		cmocka_unit_test_setup(no_request_has_that_parameter, fixture_reset),
		cmocka_unit_test_setup(
		    what_cannot_be_read_holds_up_to_nothing_unless_nothing_came, fixture_reset),
		cmocka_unit_test_setup(no_violation_or_that_one, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
