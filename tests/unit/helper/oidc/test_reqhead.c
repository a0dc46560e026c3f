/* Heads of HTTP requests. C-031, H-50 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "helper/oidc/reqhead.h"
#include "tests/support/unit.h"

#define HOST "Host: 127.0.0.1:40123\r\n"
#define GOOD "GET /callback?code=1 HTTP/1.1\r\n" HOST "Accept: */*\r\n\r\n"

/* 0: it is one. */
static int
status_of(const char *text, size_t len)
{
	struct reqhead h;
	int status = -1;

	switch (reqhead_read(&h, text, len, &status)) {
	case REQHEAD_MORE:
		return -1;
	case REQHEAD_BAD:
		return status;
	case REQHEAD_DONE:
		break;
	}
	assert_int_equal(status, 0);
	return 0;
}

static void
is(int status, const char *text)
{
	assert_int_equal(status_of(text, strlen(text)), status);
}

static void
takes_what_a_browser_sends(void **state)
{
	static const char text[] = GOOD "GET /second";
	struct reqhead h = { .len = 0 };
	int status;

	(void)state;
	assert_int_equal(reqhead_read(&h, text, sizeof(text) - 1, &status), REQHEAD_DONE);
	assert_int_equal(h.len, sizeof(GOOD) - 1);
	assert_memory_equal(h.target, "/callback?code=1", h.target_len);
	assert_int_equal(h.target_len, 16);
	assert_memory_equal(h.host, "127.0.0.1:40123", h.host_len);
	assert_int_equal(h.host_len, 15);
	assert_true(reqhead_method_is(&h, "GET"));
	assert_false(reqhead_method_is(&h, "GE"));
	assert_false(reqhead_method_is(&h, "HEAD"));
	is(0, "HEAD / HTTP/1.0\r\nHOST:\t[::1]:1 \r\n\r\n");
	is(0, "GET / HTTP/1.1\r\n" HOST "X:\r\nCookie: n\xc3\xa4me=\t1\r\n\r\n");
}

/* H-50: slowly, byte by byte */
static void
waits_for_the_last_byte(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(GOOD) - 1; n++)
		assert_int_equal(status_of(GOOD, n), -1);
	assert_int_equal(status_of(GOOD, sizeof(GOOD) - 1), 0);
}

/* C-031 cb.absolute; H-50 */
static void
refuses_what_is_no_request(void **state)
{
	static const char *const bad[] = {
		"GET http://127.0.0.1:40123/callback HTTP/1.1\r\n" HOST "\r\n",
		"GET * HTTP/1.1\r\n" HOST "\r\n",
		"GET callback HTTP/1.1\r\n" HOST "\r\n",
		"GET / HTTP/1.1 \r\n" HOST "\r\n",
		"GET  / HTTP/1.1\r\n" HOST "\r\n",
		"GET / HTTP/11\r\n" HOST "\r\n",
		"GET / HTTQ/1.1\r\n" HOST "\r\n",
		"GET /\r\n" HOST "\r\n",
		"GET\r\n" HOST "\r\n",
		"GETGETGETGETGETGET / HTTP/1.1\r\n" HOST "\r\n",
		"GET / HTTP/1.1\r\nAccept: */*\r\n\r\n",
		"GET / HTTP/1.1\r\n" HOST HOST "\r\n",
		"GET / HTTP/1.1\r\n" HOST " folded: 1\r\n\r\n",
		"GET / HTTP/1.1\r\n" HOST "X : 1\r\n\r\n",
		"GET / HTTP/1.1\r\n" HOST ": 1\r\n\r\n",
		"GET / HTTP/1.1\r\n" HOST "nothing\r\n\r\n",
		"GET / HTTP/1.1\r\n" HOST "X: a\nY: b\r\n\r\n",
		"GET / HTTP/1.1\r\n" HOST "X: a\rY: b\r\n\r\n",
		"GET / HTTP/1.1\r\n" HOST "X: \x7f\r\n\r\n",
		"GET / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx",
		"GET / HTTP/1.1\r\n" HOST "transfer-encoding: chunked\r\n\r\n",
		"GET /a\rb HTTP/1.1\r\n" HOST "\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		is(400, bad[i]);
	is(505, "GET / HTTP/2.0\r\n" HOST "\r\n");
	is(505, "GET / HTTP/1.2\r\n" HOST "\r\n");
}

/* H-50: TLS, NUL, a bare line end */
static void
refuses_a_wrong_byte_at_once(void **state)
{
	(void)state;
	is(400, "\x16\x03\x01");
	is(400, "get / ");
	is(400, "\r\n");
	is(400, "GET /\n");
	is(400, "GET /\xc3\xa4");
	assert_int_equal(status_of("GET /\0", 6), 400);
}

/* A request of so many bytes, its line of so many. */
static char *
request_of(size_t line, size_t whole)
{
	char *s = malloc(whole + 1);
	size_t n = 0;

	memset(s, 'a', whole);
	memcpy(s, "GET /", 5);
	memcpy(s + line - 9, " HTTP/1.1\r\n" HOST "X: ", 11 + sizeof(HOST) - 1 + 3);
	n = whole - 4;
	memcpy(s + n, "\r\n\r\n", 5);
	return s;
}

/* H-50: a line of 8 KiB, a head of 16, and a byte more of each */
static void
has_a_limit(void **state)
{
	char *s;

	(void)state;
	s = request_of(REQHEAD_LINE_MAX - 2, REQHEAD_MAX);
	assert_int_equal(status_of(s, REQHEAD_MAX), 0);
	assert_int_equal(status_of(s, REQHEAD_MAX - 1), -1);
	free(s);
	s = request_of(REQHEAD_LINE_MAX - 1, REQHEAD_MAX);
	assert_int_equal(status_of(s, REQHEAD_LINE_MAX - 1), -1);
	assert_int_equal(status_of(s, REQHEAD_LINE_MAX), 414);
	assert_int_equal(status_of(s, REQHEAD_MAX), 414);
	free(s);
	s = request_of(100, REQHEAD_MAX + 1);
	assert_int_equal(status_of(s, REQHEAD_MAX - 1), -1);
	assert_int_equal(status_of(s, REQHEAD_MAX), 431);
	assert_int_equal(status_of(s, REQHEAD_MAX + 1), 431);
	free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_what_a_browser_sends),
		cmocka_unit_test(waits_for_the_last_byte),
		cmocka_unit_test(refuses_what_is_no_request),
		cmocka_unit_test(refuses_a_wrong_byte_at_once),
		cmocka_unit_test(has_a_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
