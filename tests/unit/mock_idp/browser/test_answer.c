/* HTTP/1.1 answers out of bytes. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/browser/answer.h"
#include "tests/support/unit.h"

#define OK_ "HTTP/1.1 200 OK\r\n"
#define CHUNKED OK_ "Transfer-Encoding: chunked\r\n\r\n"

static enum answer_result
result(const char *text, bool eof, bool head)
{
	struct answer a;
	enum answer_result r = answer_read(text, strlen(text), eof, head, &a);

	answer_clear(&a);
	return r;
}

/* The bytes hold a whole answer with that body, and no shorter piece of them does. */
static void
is_whole(const char *text, const char *body)
{
	struct answer a;

	assert_int_equal(answer_read(text, strlen(text), false, false, &a), ANSWER_DONE);
	assert_string_equal(answer_text(&a), body);
	answer_clear(&a);
	for (size_t n = 0; n < strlen(text); n++) {
		assert_int_equal(answer_read(text, n, false, false, &a), ANSWER_MORE);
		assert_null(a.body);
		assert_int_equal(answer_read(text, n, true, false, &a), ANSWER_BAD);
	}
}

static void
the_head_is_taken_apart(void **state)
{
	static const char text[] = "HTTP/1.0 303 See  Other\r\nlocation:\t/x \r\nX: 1\r\nx: 2\r\n"
	                           "Content-Length: 0\r\n\r\n";
	struct answer a;

	(void)state;
	assert_int_equal(answer_read(text, sizeof(text) - 1, false, false, &a), ANSWER_DONE);
	assert_int_equal(a.status, 303);
	assert_string_equal(a.version, "HTTP/1.0");
	assert_string_equal(a.reason, "See  Other");
	assert_string_equal(answer_header(&a, "Location"), "/x");
	assert_string_equal(answer_header(&a, "X"), "1");
	assert_null(answer_header(&a, "Y"));
	assert_int_equal(a.headers.n, 4);
	answer_clear(&a);
	assert_int_equal(
	    result("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", false, false), ANSWER_DONE);
}

static void
a_body_has_its_length_in_whatever_way(void **state)
{
	(void)state;
	is_whole(OK_ "Content-Length: 5\r\n\r\nhello", "hello");
	is_whole(CHUNKED "3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n", "hello");
	is_whole(CHUNKED "a\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n", "0123456789");
	assert_int_equal(result(OK_ "\r\nhello", false, false), ANSWER_MORE);
	assert_int_equal(result(OK_ "\r\nhello", true, false), ANSWER_DONE);
}

static void
some_answers_have_none(void **state)
{
	(void)state;
	assert_int_equal(result(OK_ "Content-Length: 5\r\n\r\n", false, true), ANSWER_DONE);
	assert_int_equal(result("HTTP/1.1 204 No\r\n\r\n", false, false), ANSWER_DONE);
	assert_int_equal(result("HTTP/1.1 304 No\r\n\r\n", false, false), ANSWER_DONE);
}

static void
interim_answers_are_skipped(void **state)
{
	static const char text[] = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
	                           "HTTP/1.1 100 Continue\r\n\r\n" OK_ "Content-Length: 1\r\n\r\ny";
	struct answer a;

	(void)state;
	is_whole(text, "y");
	assert_int_equal(answer_read(text, sizeof(text) - 1, false, false, &a), ANSWER_DONE);
	assert_null(answer_header(&a, "Link"));
	answer_clear(&a);
}

static void
nonsense_is_refused(void **state)
{
	static const char *const bad[] = { "GET / HTTP/1.1\r\n\r\n", "\r\n\r\n",
		"HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 099 OK\r\n\r\n",
		"HTTP/1.1 2000 OK\r\n\r\n", OK_ "no colon\r\n\r\n", OK_ ": empty\r\n\r\n",
		OK_ "Content-Length: -1\r\n\r\n",
		OK_ "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx",
		OK_ "Content-Length: 1048577\r\n\r\n", OK_ "Transfer-Encoding: gzip\r\n\r\n",
		CHUNKED "x\r\n", CHUNKED "\r\n", CHUNKED "1\r\nabc", CHUNKED "fffffffff\r\n",
		CHUNKED "10000000000000001\r\nx\r\n0\r\n\r\n", CHUNKED "100001\r\nx" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(result(bad[i], false, false), ANSWER_BAD);
}

static void
everything_has_a_maximum(void **state)
{
	static const char hint[] = "HTTP/1.1 103 Early Hints\r\n\r\n";
	char *s = malloc(ANSWER_MAX);
	struct answer a;
	size_t n = strlen(OK_);

	(void)state;
	assert_non_null(s);
	memset(s, 'a', ANSWER_MAX);
	memcpy(s, OK_, n);
	assert_int_equal(answer_read(s, ANSWER_HEAD_MAX - 1, false, false, &a), ANSWER_MORE);
	assert_int_equal(answer_read(s, ANSWER_HEAD_MAX, false, false, &a), ANSWER_BAD);
	memcpy(s + n, "\r\n", 2);
	n += 2;
	assert_int_equal(answer_read(s, n + ANSWER_BODY_MAX, true, false, &a), ANSWER_DONE);
	assert_int_equal(buf_len(a.body), ANSWER_BODY_MAX);
	answer_clear(&a);
	assert_int_equal(answer_read(s, n + ANSWER_BODY_MAX + 1, false, false, &a), ANSWER_BAD);
	for (n = 0; n < ANSWER_HEAD_MAX; n += sizeof(hint) - 1)
		memcpy(s + n, hint, sizeof(hint) - 1);
	assert_int_equal(answer_read(s, n - sizeof(hint), false, false, &a), ANSWER_MORE);
	assert_int_equal(answer_read(s, n, false, false, &a), ANSWER_BAD);
	free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_head_is_taken_apart),
		cmocka_unit_test(a_body_has_its_length_in_whatever_way),
		cmocka_unit_test(some_answers_have_none),
		cmocka_unit_test(interim_answers_are_skipped),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(everything_has_a_maximum),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
