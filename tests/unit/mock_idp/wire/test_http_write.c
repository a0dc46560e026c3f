/* HTTP/1.1 replies into bytes, whole or with a fault. */
#include "config.h"

#include <string.h>

#include "mock_idp/wire/http_write.h"
#include "tests/support/unit.h"

#define DATE "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
#define DATE_AT 784111777

struct made {
	struct exchange x;
	struct http_bytes to;
};

/* A 404 with a body of four bytes. */
static const char *
made(struct made *m, const struct fault *f)
{
	assert_true(msg_init(&m->x));
	msg_reply_text(&m->x.rep, 404, "text/plain", "none");
	assert_non_null(m->to.out = buf_new(HTTP_WRITE_MAX));
	assert_int_equal(http_write(&m->x.rep, f, DATE_AT, &m->to), E_OK);
	return buf_cstr(m->to.out);
}

static void
done(struct made *m)
{
	buf_free(m->to.out);
	msg_clear(&m->x);
}

static void
writes_a_whole_reply(void **state)
{
	struct made m;

	(void)state;
	assert_string_equal(made(&m, NULL),
	    "HTTP/1.1 404 Not Found\r\n" DATE "Content-Type: text/plain\r\n"
	    "Content-Length: 4\r\n\r\nnone");
	assert_int_equal(m.to.again, SIZE_MAX);
	assert_false(m.to.close);
	m.x.rep.close = true;
	buf_reset(m.to.out);
	assert_int_equal(http_write(&m.x.rep, NULL, DATE_AT, &m.to), E_OK);
	assert_non_null(strstr(buf_cstr(m.to.out), "\r\nConnection: close\r\n\r\n"));
	assert_true(m.to.close);
	done(&m);
}

static void
fails_when_the_buffer_is_too_small(void **state)
{
	struct exchange x;
	struct http_bytes to = { .out = buf_new(100) };

	(void)state;
	assert_true(msg_init(&x));
	msg_reply_text(&x.rep, 200, "text/plain", "none");
	assert_int_equal(http_write(&x.rep, NULL, 0, &to), E_LIMIT);
	buf_free(to.out);
	msg_clear(&x);
}

static void
a_raw_reply_is_its_body(void **state)
{
	const struct fault f = { .chunked = true, .encoding = FAULT_GZIP };
	struct made m;

	(void)state;
	(void)made(&m, NULL);
	m.x.rep.raw = true;
	buf_reset(m.to.out);
	assert_int_equal(http_write(&m.x.rep, &f, DATE_AT, &m.to), E_OK);
	assert_string_equal(buf_cstr(m.to.out), "none");
	assert_true(m.to.close);
	done(&m);
}

static void
lines_as_a_script_wants_them(void **state)
{
	json_t *list = json_loads("[[\"status-line\",\"HTTP/1.1 099\\u0000\"],"
	                          "[\"header-raw\",\" folded\"],[\"header-raw\",\"No colon\"],"
	                          "[\"big-header\",10000],[\"extra\",\"GET\"]]",
	    JSON_ALLOW_NUL, NULL);
	struct fault f;
	struct made m;
	const char *s;

	(void)state;
	assert_int_equal(fault_parse(list, FAULT_OF_ANSWER, &f, NULL), E_OK);
	json_decref(list);
	s = made(&m, &f);
	assert_memory_equal(s, "HTTP/1.1 099\0\r\nDate: ", 21);
	s += 13;
	assert_non_null(strstr(s, "plain\r\n folded\r\nNo colon\r\nX-Big: xxx"));
	assert_int_equal(strspn(strstr(s, "xxx"), "x"), 10000);
	assert_non_null(strstr(s, "x\r\nContent-Length: 4\r\n\r\nnoneGET"));
	assert_false(m.to.close);
	fault_clear(&f);
	done(&m);
}

static void
an_encoding_says_so_and_its_length_is_right(void **state)
{
	const struct fault f = { .encoding = FAULT_BR };
	struct made m;

	(void)state;
	assert_non_null(strstr(made(&m, &f), "Content-Encoding: br\r\nContent-Length: 8\r\n\r\n"));
	done(&m);
}

static void
headers_without_end(void **state)
{
	char extra[] = "extra";
	const struct fault f = { .endless = FAULT_ENDLESS_HEADERS, .extra = { extra, 5 } };
	struct made m;
	const char *s;

	(void)state;
	s = made(&m, &f);
	assert_memory_equal(s, "HTTP/1.1 404 ", 13);
	assert_memory_equal(s + m.to.again, "X-Endless: ", 11);
	assert_null(strstr(s, "\r\n\r\n"));
	assert_memory_equal(s + buf_len(m.to.out) - 2, "\r\n", 2);
	assert_true(m.to.close);
	done(&m);
}

static void
interim_answers_without_end(void **state)
{
	const struct fault f = { .endless = FAULT_ENDLESS_103 };
	struct made m;

	(void)state;
	assert_memory_equal(made(&m, &f), "HTTP/1.1 103 Early Hints\r\n", 26);
	assert_int_equal(m.to.again, 0);
	assert_true(m.to.close);
	done(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_a_whole_reply),
		cmocka_unit_test(fails_when_the_buffer_is_too_small),
		cmocka_unit_test(a_raw_reply_is_its_body),
		cmocka_unit_test(lines_as_a_script_wants_them),
		cmocka_unit_test(an_encoding_says_so_and_its_length_is_right),
		cmocka_unit_test(headers_without_end),
		cmocka_unit_test(interim_answers_without_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
