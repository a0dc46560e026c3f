/* The request at the loopback redirect. */
#include "config.h"

#include <string.h>

#include "mock_idp/browser/shape.h"
#include "tests/support/unit.h"

#define TARGET "/cb?code=c&state=s"

static struct buf *
made(const struct shape *s, enum errcode wanted)
{
	struct buf *b = buf_new(SHAPE_MAX);
	struct loopurl u;
	struct rawquery q;

	assert_int_equal(loopurl_parse("http://127.0.0.1:9" TARGET, &u, NULL), E_OK);
	assert_int_equal(rawquery_split("code=c&state=s", &q), E_OK);
	assert_int_equal(shape_request(s, &u, &q, b, NULL), wanted);
	rawquery_clear(&q);
	loopurl_clear(&u);
	return b;
}

/* The request begins with that, and ends with the other. */
static void
is(const struct shape *s, const char *head, const char *end)
{
	struct buf *b = made(s, E_OK);
	const char *text = buf_cstr(b);

	assert_int_equal(strncmp(text, head, strlen(head)), 0);
	assert_true(strlen(text) >= strlen(end));
	assert_string_equal(text + strlen(text) - strlen(end), end);
	buf_free(b);
}

static void
a_browser_gets_the_redirect(void **state)
{
	struct shape s = { .method = NULL };

	(void)state;
	is(&s, "GET " TARGET " HTTP/1.1\r\nHost: 127.0.0.1:9\r\nUser-Agent: ",
	    "\r\nConnection: keep-alive\r\n\r\n");
}

static void
each_part_can_be_another(void **state)
{
	static const struct {
		struct shape s;
		const char *head;
	} rows[] = {
		{ { .method = "HEAD" }, "HEAD " TARGET " HTTP/1.1\r\n" },
		{ { .host = "evil.example" }, "GET " TARGET " HTTP/1.1\r\nHost: evil.example\r\n" },
		{ { .host = "" }, "GET " TARGET " HTTP/1.1\r\nHost: \r\n" },
		{ { .path = "/other" }, "GET /other?code=c&state=s HTTP/1.1\r\n" },
		{ { .version = "HTTP/1.0" }, "GET " TARGET " HTTP/1.0\r\n" },
		{ { .absolute = true }, "GET http://127.0.0.1:9" TARGET " HTTP/1.1\r\n" },
		{ { .fragment = true }, "GET /cb HTTP/1.1\r\n" },
		{ { .fragment = true, .path = "/cb?&", .method = "PUT", .version = "X" },
		    "PUT /cb?& X\r\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		is(&rows[i].s, rows[i].head, "\r\n\r\n");
}

static void
a_post_has_a_form(void **state)
{
	struct shape s = { .method = "POST" };

	(void)state;
	is(&s, "POST /cb HTTP/1.1\r\nHost: 127.0.0.1:9\r\n",
	    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 14\r\n\r\n"
	    "code=c&state=s");
	s.method = "PUT";
	is(&s, "PUT " TARGET " HTTP/1.1\r\n", "\r\nContent-Length: 0\r\n\r\n");
}

static void
a_request_is_as_long_as_it_should_be(void **state)
{
	static const size_t sizes[] = { 400, 1000, 9999, 65536, 1048576 };
	static const char *const methods[] = { NULL, "POST" };
	struct shape s = { .method = NULL };
	struct buf *b;

	(void)state;
	for (size_t m = 0; m < 2; m++)
		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			s.method = methods[m];
			s.size = sizes[i];
			b = made(&s, E_OK);
			assert_int_equal(buf_len(b), sizes[i]);
			assert_non_null(strstr(buf_cstr(b), "code=c&state=s&pad=aaa"));
			buf_free(b);
		}
	s.size = 100;
	buf_free(made(&s, E_CFG));
	s = (struct shape){ .fragment = true, .size = 400 };
	is(&s, "GET /cb?pad=aaa", "\r\n\r\n");
}

static void
raw_bytes_are_sent_as_they_are(void **state)
{
	struct shape s = { .raw = "a\\r\\n\\t\\\\\\x41\\xfF ${host}${path}?${query}$\\0z" };
	static const char wanted[] = "a\r\n\t\\A\xff 127.0.0.1:9/cb?code=c&state=s$\0z";
	struct buf *b = made(&s, E_OK);

	(void)state;
	assert_int_equal(buf_len(b), sizeof(wanted) - 1);
	assert_memory_equal(buf_data(b), wanted, sizeof(wanted) - 1);
	buf_free(b);
}

static void
raw_text_that_means_nothing_is_refused(void **state)
{
	static const char *const bad[] = { "\\", "\\q", "\\x4", "\\xg0", "${", "${hosts}" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(shape_good_raw(bad[i]));
	assert_true(shape_good_raw(""));
	assert_true(shape_good_raw("GET / HTTP/1.1\\r\\n\\r\\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_browser_gets_the_redirect),
		cmocka_unit_test(each_part_can_be_another),
		cmocka_unit_test(a_post_has_a_form),
		cmocka_unit_test(a_request_is_as_long_as_it_should_be),
		cmocka_unit_test(raw_bytes_are_sent_as_they_are),
		cmocka_unit_test(raw_text_that_means_nothing_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
