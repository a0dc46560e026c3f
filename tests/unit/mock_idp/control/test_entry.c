/* One entry of the journal. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/control/entry.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define REQUEST                                                                                    \
	"POST /api/oidc/token?x=1&code=hush1 HTTP/1.1\r\nHost: h\r\nX-Odd: hush2\r\n"              \
	"Authorization: Basic hush3\r\nContent-Type: application/x-www-form-urlencoded\r\n"        \
	"Content-Length: 31\r\n\r\nclient_secret=hush4&scope=a%20b"

/* The line of what is in f->x, with e left for more. */
static char *
line(struct fixture *f, struct entry *e, bool raw)
{
	json_t *o;
	char *text;

	assert_true(entry_make(e, &f->x, 3, 4711));
	o = entry_json(e, raw);
	assert_non_null(o);
	text = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	return text;
}

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no %s in %s", part, text);
}

static void
says_when_where_and_what(void **state)
{
	struct fixture *f = *state;
	struct entry e;
	char *text;

	assert_true(fixture_bytes(f, REQUEST));
	f->x.conn = 2;
	f->x.ep = "token";
	f->x.rule = "rules[1]";
	f->x.listener = "issuer";
	f->x.tls_version = "TLSv1.3";
	f->x.alpn = "http/1.1";
	f->x.rep.status = 401;
	f->x.rep.error = "invalid_client";
	msg_violation(&f->x, "client_auth", "secret");
	text = line(f, &e, false);
	has(text,
	    "{\"seq\":3,\"us\":4711,\"conn\":2,\"listener\":\"issuer\",\"tls\":{\"version\":"
	    "\"TLSv1.3\",\"alpn\":\"http/1.1\"},\"ep\":\"token\",\"method\":\"POST\",");
	has(text, "\"path\":\"/api/oidc/token\"");
	has(text,
	    "\"rule\":\"rules[1]\",\"status\":401,\"error\":\"invalid_client\",\"violations\":"
	    "[\"client_auth:secret\"]}");
	assert_null(strstr(text, "answered"));
	assert_string_equal(e.ep, "token");
	assert_false(entry_evil(&e));
	free(text);
	entry_clear(&e);
}

static void
shows_no_secret(void **state)
{
	struct fixture *f = *state;
	struct entry e;
	char *text;

	assert_true(fixture_bytes(f, REQUEST));
	text = line(f, &e, false);
	assert_null(strstr(text, "hush"));
	has(text, "\"target\":\"/api/oidc/token?x=1&code=present\"");
	has(text, "\"query\":{\"x\":\"1\",\"code\":\"present\"}");
	has(text, "\"form\":{\"client_secret\":\"present\",\"scope\":\"a b\"}");
	free(text);
	entry_clear(&e);
	assert_true(
	    fixture_bytes(f, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhush5"));
	text = line(f, &e, false);
	assert_null(strstr(text, "hush"));
	has(text, "\"body\":\"present\"");
	free(text);
	entry_clear(&e);
}

static void
raw_is_as_it_came(void **state)
{
	struct fixture *f = *state;
	struct entry e;
	char *text;

	assert_true(fixture_bytes(f, REQUEST));
	text = line(f, &e, true);
	has(text, "\"target\":\"/api/oidc/token?x=1&code=hush1\"");
	has(text,
	    "\"headers\":[[\"Host\",\"h\"],[\"X-Odd\",\"hush2\"],[\"Authorization\",\"Basic "
	    "hush3\"]");
	has(text, "\"query\":[[\"x\",\"1\"],[\"code\",\"hush1\"]]");
	has(text, "\"form\":[[\"client_secret\",\"hush4\"],[\"scope\",\"a b\"]]");
	has(text, "\"body\":\"client_secret=hush4&scope=a%20b\"");
	free(text);
	entry_clear(&e);
}

static void
what_is_no_request_is_bytes(void **state)
{
	struct fixture *f = *state;
	struct entry e;
	struct exchange x;
	char *text;

	assert_false(fixture_bytes(f, "NO\xff\r\n\r\nhush"));
	text = line(f, &e, false);
	assert_null(strstr(text, "hush"));
	has(text, "\"method\":\"\",\"path\":\"\"");
	free(text);
	assert_false(entry_request(&e, &x));
	msg_clear(&x);
	entry_clear(&e);
	text = line(f, &e, true);
	has(text, "\"bytes\":\"NO\\\\xff\\r\\n\\r\\nhush\"");
	free(text);
	entry_clear(&e);
}

static void
can_be_read_again(void **state)
{
	struct fixture *f = *state;
	struct exchange x;
	struct entry e;

	assert_true(fixture_bytes(f, REQUEST));
	assert_true(entry_make(&e, &f->x, 1, 0));
	assert_true(entry_request(&e, &x));
	assert_string_equal(pairs_get(&x.req.headers, "x-odd"), "hush2");
	assert_string_equal(pairs_get(&x.req.form, "scope"), "a b");
	msg_clear(&x);
	assert_in_range(entry_size(&e), sizeof(REQUEST), sizeof(REQUEST) + 2048);
	entry_clear(&e);
	/* without a wire there are no bytes */
	(void)fixture_ask(f, "GET", "/", NULL);
	assert_true(entry_make(&e, &f->x, 1, 0));
	assert_false(entry_request(&e, &x));
	msg_clear(&x);
	entry_clear(&e);
}

static void
says_when_it_was_answered_and_what_is_evil(void **state)
{
	struct fixture *f = *state;
	struct entry e;
	json_t *o;

	(void)fixture_ask(f, "GET", "/", NULL);
	f->x.listener = "evil_http";
	assert_true(entry_make(&e, &f->x, 1, 5));
	assert_true(entry_evil(&e));
	assert_int_equal(e.answered, -1);
	e.answered = 7;
	o = entry_json(&e, false);
	assert_int_equal(json_integer_value(json_object_get(o, "answered_us")), 7);
	json_decref(o);
	entry_clear(&e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(says_when_where_and_what, fixture_reset),
		cmocka_unit_test_setup(shows_no_secret, fixture_reset),
		cmocka_unit_test_setup(raw_is_as_it_came, fixture_reset),
		cmocka_unit_test_setup(what_is_no_request_is_bytes, fixture_reset),
		cmocka_unit_test_setup(can_be_read_again, fixture_reset),
		cmocka_unit_test_setup(says_when_it_was_answered_and_what_is_evil, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
