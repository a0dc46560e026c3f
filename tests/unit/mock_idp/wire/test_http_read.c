/* HTTP/1.1 requests out of bytes. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/wire/http_read.h"
#include "tests/support/unit.h"

static int
status_of(const char *text)
{
	struct exchange x;
	size_t used = 0;
	int status = 0;
	enum http_read_result r;

	assert_true(msg_init(&x));
	r = http_read(text, strlen(text), &x.req, &used, &status);
	if (r == HTTP_READ_MORE)
		assert_null(x.req.path);
	msg_clear(&x);
	return r == HTTP_READ_DONE ? 200 : r == HTTP_READ_MORE ? 100 : status;
}

static void
reads_a_post_with_a_form(void **state)
{
	static const char text[] =
	    "POST /a/b?q=1 HTTP/1.1\r\nHost: h:1\r\nContent-Length: 7\r\n"
	    "Content-TYPE: application/x-www-form-urlencoded; charset=utf-8\r\n"
	    "X: \t y z \t\r\n\r\nk=v&l=wGET ";
	struct exchange x;
	size_t used = 0;
	int status = 0;

	(void)state;
	assert_true(msg_init(&x));
	assert_int_equal(http_read(text, sizeof(text) - 1, &x.req, &used, &status), HTTP_READ_DONE);
	assert_int_equal(used, sizeof(text) - 1 - 4);
	assert_string_equal(x.req.method, "POST");
	assert_string_equal(x.req.target, "/a/b?q=1");
	assert_string_equal(x.req.path, "/a/b");
	assert_ptr_equal(x.req.raw_head, text);
	assert_int_equal(x.req.raw_head_len, strstr(text, "k=v") - text);
	assert_int_equal(x.req.raw_body_len, 7);
	assert_memory_equal(x.req.raw_body, "k=v&l=w", 7);
	assert_string_equal(pairs_get(&x.req.query, "q"), "1");
	assert_string_equal(pairs_get(&x.req.form, "l"), "w");
	assert_string_equal(pairs_get(&x.req.headers, "x"), "y z");
	assert_false(x.req.close);
	assert_false(x.req.bad_params);
	msg_clear(&x);
}

/* as a proxy is asked */
static void
what_was_understood_of_a_bad_request_is_kept(void **state)
{
	static const char text[] = "CONNECT idp.example:443 HTTP/1.1\r\nHost: h\r\n\r\n";
	struct exchange x;
	size_t used = 0;
	int status = 0;

	(void)state;
	assert_true(msg_init(&x));
	assert_int_equal(http_read(text, sizeof(text) - 1, &x.req, &used, &status), HTTP_READ_BAD);
	assert_int_equal(status, 400);
	assert_string_equal(x.req.method, "CONNECT");
	assert_string_equal(x.req.target, "idp.example:443");
	assert_null(x.req.path);
	assert_int_equal(x.req.raw_head_len, sizeof(text) - 1);
	msg_clear(&x);
}

static void
waits_for_each_byte_of_a_request(void **state)
{
	static const char text[] = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";

	(void)state;
	for (size_t n = 0; n < sizeof(text) - 1; n++) {
		char *part = strndup(text, n);

		assert_int_equal(status_of(part), 100);
		free(part);
	}
	assert_int_equal(status_of(text), 200);
}

static void
closes_when_asked_to_or_for_http_1_0(void **state)
{
	static const char asked[] = "GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n",
	                  old[] = "GET / HTTP/1.0\r\nHost: h\r\n\r\n";
	struct exchange x;
	size_t used;
	int status;

	(void)state;
	assert_true(msg_init(&x));
	assert_int_equal(http_read(asked, strlen(asked), &x.req, &used, &status), HTTP_READ_DONE);
	assert_true(x.req.close);
	msg_clear(&x);
	assert_true(msg_init(&x));
	assert_int_equal(http_read(old, strlen(old), &x.req, &used, &status), HTTP_READ_DONE);
	assert_true(x.req.close);
	msg_clear(&x);
}

static void
refuses_what_is_no_request(void **state)
{
	(void)state;
	assert_int_equal(status_of("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), 200);
	assert_int_equal(status_of("GET /\r\nHost: h\r\n\r\n"), 400);
	assert_int_equal(status_of("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), 505);
	assert_int_equal(status_of("G(T / HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
	assert_int_equal(status_of("GET x HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
	assert_int_equal(status_of("GET /\x01 HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
	assert_int_equal(status_of("GET / HTTP/1.1\r\n\r\n"), 400);
	assert_int_equal(status_of("GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n"), 400);
	assert_int_equal(status_of("GET / HTTP/1.1\r\nHost: h\r\nX y: z\r\n\r\n"), 400);
	assert_int_equal(status_of("GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n folded\r\n\r\n"), 400);
	assert_int_equal(status_of("GET / HTTP/1.1\r\nHost: h\r\nX: \x01\r\n\r\n"), 400);
	assert_int_equal(status_of("\x16\x03\x01\r\n\r\n"), 400);
	assert_int_equal(status_of("ABCDEFGHIJKLMNOPQ / HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
}

static void
refuses_lengths_that_are_unclear_or_too_long(void **state)
{
	(void)state;
	assert_int_equal(status_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"), 200);
	assert_int_equal(
	    status_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n"), 400);
	assert_int_equal(status_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n"
	                           "Content-Length: 1\r\n\r\na"),
	    400);
	assert_int_equal(
	    status_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 65536\r\n\r\n"), 100);
	assert_int_equal(
	    status_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n"), 413);
	assert_int_equal(
	    status_of("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"), 411);
}

static void
refuses_a_head_without_end(void **state)
{
	char *text = malloc(MSG_HEAD_MAX + 1);

	(void)state;
	memset(text, 'a', MSG_HEAD_MAX);
	text[MSG_HEAD_MAX] = '\0';
	assert_int_equal(status_of(text), 431);
	text[MSG_HEAD_MAX - 1] = '\0';
	assert_int_equal(status_of(text), 100);
	free(text);
}

static void
notes_parameters_that_are_no_form(void **state)
{
	static const char text[] = "GET /?a=%z HTTP/1.1\r\nHost: h\r\n\r\n";
	struct exchange x;
	size_t used;
	int status;

	(void)state;
	assert_true(msg_init(&x));
	assert_int_equal(http_read(text, strlen(text), &x.req, &used, &status), HTTP_READ_DONE);
	assert_true(x.req.bad_params);
	msg_clear(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_post_with_a_form),
		cmocka_unit_test(what_was_understood_of_a_bad_request_is_kept),
		cmocka_unit_test(waits_for_each_byte_of_a_request),
		cmocka_unit_test(closes_when_asked_to_or_for_http_1_0),
		cmocka_unit_test(refuses_what_is_no_request),
		cmocka_unit_test(refuses_lengths_that_are_unclear_or_too_long),
		cmocka_unit_test(refuses_a_head_without_end),
		cmocka_unit_test(notes_parameters_that_are_no_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
