/* HTTP/1.1 replies into bytes. */
#include "config.h"

#include "mock_idp/wire/http_write.h"
#include "tests/support/unit.h"

static void
writes_a_whole_reply(void **state)
{
	struct exchange x;
	struct buf *out = buf_new(1024);

	(void)state;
	assert_true(msg_init(&x));
	msg_reply_text(&x.rep, 404, "text/plain", "none");
	x.rep.close = true;
	assert_int_equal(http_write(&x.rep, 784111777, out), E_OK);
	assert_string_equal(buf_cstr(out),
	    "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
	    "Content-Type: text/plain\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnone");
	buf_free(out);
	msg_clear(&x);
}

static void
fails_when_the_buffer_is_too_small(void **state)
{
	struct exchange x;
	struct buf *out = buf_new(100);

	(void)state;
	assert_true(msg_init(&x));
	msg_reply_text(&x.rep, 200, "text/plain", "none");
	assert_int_equal(http_write(&x.rep, 0, out), E_LIMIT);
	buf_free(out);
	msg_clear(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_a_whole_reply),
		cmocka_unit_test(fails_when_the_buffer_is_too_small),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
