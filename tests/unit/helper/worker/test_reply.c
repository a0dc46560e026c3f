/* An HTTP answer, piece by piece. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "helper/worker/reply.h"
#include "tests/support/allocfail.h"
#include "tests/support/unit.h"

static struct http_response o;
static struct reply r;

static int
set_up(void **state)
{
	(void)state;
	o = (struct http_response){ .retry_after = -1, .body = buf_new(8) };
	r = (struct reply){ .out = &o };
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	http_response_clear(&o);
	return 0;
}

/* Whether it was taken. */
static bool
header(const char *line)
{
	char copy[256];
	size_t n = strlen(line);

	memcpy(copy, line, n + 1);
	return reply_header(copy, 1, n, &r) == n;
}

static void
the_few_headers_that_count_are_read(void **state)
{
	(void)state;
	assert_true(header("HTTP/1.1 200 OK\r\n"));
	assert_true(header("content-TYPE:  Application/JSON; charset=utf-8\r\n"));
	assert_true(header("Retry-After: 30\r\n"));
	assert_true(header("X-Other: 1\r\n"));
	assert_false(r.framed);
	assert_true(header("Content-Length: 2\r\n"));
	assert_true(header("\r\n"));
	assert_string_equal(o.content_type, "application/json");
	assert_int_equal(o.retry_after, 30);
	assert_true(r.framed);
	assert_true(r.head);
}

/* A reader that stops at the NUL would see what stands before it. */
static void
a_header_line_with_a_nul_says_nothing(void **state)
{
	char type[] = "Content-Type: application/json\0x\r\n", length[] = "Content-Length: 2\0\r\n";

	(void)state;
	assert_true(header("Retry-After: 30\r\n"));
	assert_int_equal(reply_header(type, 1, sizeof(type) - 1, &r), sizeof(type) - 1);
	assert_int_equal(reply_header(length, 1, sizeof(length) - 1, &r), sizeof(length) - 1);
	assert_string_equal(o.content_type, "");
	assert_false(r.framed);
	assert_int_equal(o.retry_after, 30);
}

static void
a_media_type_with_a_control_character_is_none(void **state)
{
	(void)state;
	assert_true(header("Content-Type: text/html\r\n"));
	assert_string_equal(o.content_type, "text/html");
	assert_true(header("Content-Type: text/\033[2Jhtml\r\n"));
	assert_string_equal(o.content_type, "");
}

/* H-07: nobody asked for another protocol, and "HTTP/2 200" stands in no answer of HTTP/1 */
static void
an_answer_of_another_protocol_is_none(void **state)
{
	static const char *const good[] = { "HTTP/1.1 200 OK\r\n", "HTTP/1.0 200\r\n",
		"HTTP/1.1 100 Continue\r\n" };
	static const char *const bad[] = { "HTTP/2 200\r\n", "HTTP/2.0 200 OK\r\n",
		"HTTP/1.1 101 Switching Protocols\r\n", "HTTP/3 200\r\n", "HTTP/1.1\r\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(header(good[i]) && !r.odd);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_true(!header(bad[i]) && r.odd);
}

/* H-06 */
static void
two_lengths_must_agree(void **state)
{
	(void)state;
	assert_true(header("HTTP/1.1 103 Early\r\n"));
	assert_true(header("Content-Length: 5\r\n"));
	assert_true(header("HTTP/1.1 200 OK\r\n"));
	assert_true(header("Content-Length: 2\r\n"));
	assert_true(header("Content-Length: 2\r\n"));
	assert_false(header("Content-Length: 3\r\n"));
	assert_true(r.odd);
}

/* D-15 */
static void
a_retry_after_that_is_no_number_is_none(void **state)
{
	static const char *const bad[] = { "-1", "soon", "99999999999", "30s", "",
		"Wed, 21 Oct 2026 07:28:00 GMT" };
	char line[80];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(line, sizeof(line), "Retry-After: %s\r\n", bad[i]);
		o.retry_after = 7;
		assert_true(header(line));
		assert_int_equal(o.retry_after, -1);
	}
}

/* H-06: libcurl reads to the end where a length is beyond its numbers, and a cut would go unseen */
static void
a_length_that_is_no_number_frames_nothing(void **state)
{
	static const struct {
		const char *text;
		bool framed;
	} row[] = { { "0", true }, { "9223372036854775807", true },
		{ "9223372036854775808", false }, { "99999999999999999999", false },
		{ "-5", false }, { "+5", false }, { "2x", false }, { "2, 3", false }, { "", false },
		{ "000000000000000000000000000000000000000000000000000000002", false } };
	char line[96];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		(void)snprintf(line, sizeof(line), "Content-Length: %s\r\n", row[i].text);
		assert_true(header("HTTP/1.1 200 OK\r\n"));
		assert_true(header(line));
		assert_int_equal(r.framed, row[i].framed);
	}
}

/* What an interim answer says is not said of the answer. */
static void
an_interim_answer_counts_for_nothing(void **state)
{
	(void)state;
	assert_true(header("HTTP/1.1 103 Early Hints\r\n"));
	assert_true(header("Content-Type: text/html\r\n"));
	assert_true(header("Content-Length: 5\r\n"));
	assert_true(header("\r\n"));
	assert_true(header("HTTP/1.1 200 OK\r\n"));
	assert_string_equal(o.content_type, "");
	assert_false(r.framed);
}

/* H-01, H-02 */
static void
limits_end_the_transfer(void **state)
{
	char body[9] = "12345678";

	(void)state;
	assert_int_equal(reply_body(body, 1, 8, &r), 8);
	assert_int_equal(reply_body(body, 1, 1, &r), 0);
	assert_string_equal(r.over, "body");
	r.over = NULL;
	for (int i = 0; i < HTTP_HEADER_LINES; i++)
		assert_true(header("X: y\r\n"));
	assert_false(header("X: y\r\n"));
	assert_string_equal(r.over, "headers");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* H-53: no answer that was too long (E_PROTO), but this host's failure */
static void
a_lack_of_memory_is_no_limit(void **state)
{
	char piece[] = "1234";

	(void)state;
	allocfail_from(1, false);
	assert_int_equal(reply_body(piece, 1, 4, &r), 0);
	assert_true(allocfail_end());
	assert_true(r.starved);
	assert_null(r.over);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_few_headers_that_count_are_read),
		CASE(a_header_line_with_a_nul_says_nothing),
		CASE(a_media_type_with_a_control_character_is_none),
		CASE(an_answer_of_another_protocol_is_none),
		CASE(two_lengths_must_agree),
		CASE(a_retry_after_that_is_no_number_is_none),
		CASE(a_length_that_is_no_number_frames_nothing),
		CASE(an_interim_answer_counts_for_nothing),
		CASE(limits_end_the_transfer),
		CASE(a_lack_of_memory_is_no_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
