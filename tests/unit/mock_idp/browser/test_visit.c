/* One request and its answer. */
#include "config.h"

#include <string.h>

#include "common/clock.h"
#include "mock_idp/browser/visit.h"
#include "tests/unit/mock_idp/browser/plainserver.h"

/* What asking a server comes to that answers so; the answer in *a. */
static enum errcode
ask(const char *answer, bool head, struct answer *a)
{
	const char *const answers[] = { answer, NULL };
	struct buf *b = buf_new(64);
	struct plainserver s;
	enum errcode r;
	char heard[64];

	plainserver_start(&s, answers);
	assert_int_equal(buf_puts(b, "GET /\r\n\r\n"), E_OK);
	r = visit_ask(&s.url, NULL, b, head, clock_boot_ms(&clock_system) + 5000, a, NULL);
	plainserver_stop(&s, heard, sizeof(heard));
	assert_string_equal(heard, "GET /\r\n\r\n");
	buf_free(b);
	return r;
}

static void
the_answer_comes_whole(void **state)
{
	struct answer a;

	(void)state;
	assert_int_equal(ask(PLAINSERVER_OK, false, &a), E_OK);
	assert_string_equal(answer_text(&a), "hi");
	answer_clear(&a);
	assert_int_equal(ask("HTTP/1.0 200 OK\r\n\r\nto the end", false, &a), E_OK);
	assert_string_equal(answer_text(&a), "to the end");
	answer_clear(&a);
	assert_int_equal(ask("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n", true, &a), E_OK);
	answer_clear(&a);
}

static void
no_answer_has_its_reason(void **state)
{
	struct answer a;

	(void)state;
	assert_int_equal(ask("", false, &a), E_CLOSED);
	assert_int_equal(ask("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nhi", false, &a), E_PROTO);
	assert_int_equal(ask("SSH-2.0-x\r\n\r\n", false, &a), E_PROTO);
	assert_null(a.body);
}

static void
nobody_waits_for_ever(void **state)
{
	struct sockaddr_in sa = { .sin_family = AF_INET,
		.sin_addr = { .s_addr = htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof(sa);
	struct buf *b = buf_new(64);
	struct loopurl u;
	struct answer a;
	char url[64];
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)state;
	assert_int_equal(bind(fd, (struct sockaddr *)&sa, sizeof(sa)), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&sa, &len), 0);
	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%u/", ntohs(sa.sin_port));
	assert_int_equal(loopurl_parse(url, &u, NULL), E_OK);
	assert_int_equal(buf_puts(b, "GET /\r\n\r\n"), E_OK);
	assert_int_equal(
	    visit_ask(&u, NULL, b, false, clock_boot_ms(&clock_system) + 20, &a, NULL), E_TIMEOUT);
	(void)close(fd);
	assert_int_equal(
	    visit_ask(&u, NULL, b, false, clock_boot_ms(&clock_system) + 5000, &a, NULL), E_NET);
	loopurl_clear(&u);
	buf_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_answer_comes_whole),
		cmocka_unit_test(no_answer_has_its_reason),
		cmocka_unit_test(nobody_waits_for_ever),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
