/* One connection to the loopback redirect. H-50 */
#include "config.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "helper/oidc/reqhead.h"
#include "helper/worker/page.h"
#include "helper/worker/visitor.h"
#include "tests/support/unit.h"

#define GOOD "GET /cb?code=c1&state=st HTTP/1.1\r\nHost: 127.0.0.1:4\r\n\r\n"

static const struct callback_expect expected = { "127.0.0.1:4", "/cb", "st", "https://idp.example",
	false };

struct pair {
	struct visitor v;
	int browser;
	struct callback c;
	struct err e;
};

static int
set_up(void **state)
{
	static struct pair x;
	int fd[2];

	memset(&x, 0, sizeof(x));
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	assert_int_equal(fcntl(fd[0], F_SETFL, O_NONBLOCK), 0);
	assert_true(visitor_open(&x.v, fd[0], 1000));
	x.browser = fd[1];
	*state = &x;
	return 0;
}

static int
tear_down(void **state)
{
	struct pair *x = *state;

	visitor_drop(&x->v);
	(void)close(x->browser);
	return 0;
}

static void
say(const struct pair *x, const char *text)
{
	assert_int_equal(write(x->browser, text, strlen(text)), strlen(text));
}

static enum callback_outcome
step_at(struct pair *x, int64_t now)
{
	return visitor_step(&x->v, &expected, now, &x->c, &x->e);
}

/* What came back, to the end of the file. */
static const char *
heard(const struct pair *x)
{
	static char text[PAGE_MAX + 1];
	size_t at = 0;
	ssize_t n;

	while ((n = read(x->browser, text + at, PAGE_MAX - at)) > 0)
		at += (size_t)n;
	assert_int_equal(n, 0);
	text[at] = '\0';
	return text;
}

static void
a_request_has_its_page_and_then_the_end(void **state)
{
	struct pair *x = *state;

	say(x, GOOD);
	assert_int_equal(visitor_events(&x->v), POLLIN);
	assert_int_equal(step_at(x, 5000), CALLBACK_CODE);
	assert_string_equal(x->c.code, "c1");
	assert_int_equal(strncmp(heard(x), "HTTP/1.1 200 OK\r\n", 17), 0);
	assert_int_equal(x->v.state, VISITOR_LINGERS);
	assert_int_equal(x->v.until, 5000 + VISITOR_ANSWER_MS);
	(void)shutdown(x->browser, SHUT_WR);
	assert_int_equal(step_at(x, 5001), CALLBACK_MORE);
	assert_int_equal(visitor_events(&x->v), 0);
}

/* cb.slow */
static void
a_request_may_come_byte_by_byte_but_not_for_ever(void **state)
{
	struct pair *x = *state;
	char one[2] = "";

	for (const char *p = GOOD; p[1] != '\0'; p++) {
		one[0] = *p;
		say(x, one);
		assert_int_equal(step_at(x, 2000), CALLBACK_MORE);
		assert_int_equal(x->v.until, 1000 + VISITOR_REQUEST_MS);
	}
	say(x, "\n");
	assert_int_equal(step_at(x, 2000), CALLBACK_CODE);
}

static void
who_leaves_makes_room(void **state)
{
	struct pair *x = *state;

	say(x, "GET /cb?code=");
	(void)shutdown(x->browser, SHUT_WR);
	assert_int_equal(step_at(x, 2000), CALLBACK_MORE);
	assert_int_equal(x->v.state, VISITOR_NONE);
	assert_int_equal(step_at(x, 2000), CALLBACK_MORE);
}

/* C-031 cb.method.head */
static void
junk_is_answered(void **state)
{
	struct pair *x = *state;
	const char *end;

	say(x, "HEAD /cb HTTP/1.1\r\nHost: 127.0.0.1:4\r\n\r\n");
	assert_int_equal(step_at(x, 2000), CALLBACK_STRAY);
	assert_int_equal(x->c.status, 405);
	end = strstr(heard(x), "\r\n\r\n");
	assert_non_null(end);
	assert_string_equal(end, "\r\n\r\n");
}

/* cb.long: the answer comes although nobody reads the rest, and the rest is not kept */
static void
a_megabyte_is_answered_and_thrown_away(void **state)
{
	const size_t size = 1 << 20;
	struct pair *x = *state;
	char *s = malloc(size), first[13];
	size_t sent = 0;

	memset(s, 'a', size);
	memcpy(s, "GET /", 5);
	assert_int_equal(fcntl(x->browser, F_SETFL, O_NONBLOCK), 0);
	while (sent < size) {
		ssize_t n = write(x->browser, s + sent, size - sent);

		if (n > 0)
			sent += (size_t)n;
		assert_true(step_at(x, 2000) != CALLBACK_CODE);
		assert_true(x->v.state != VISITOR_NONE);
		assert_true(buf_len(x->v.in) <= REQHEAD_MAX);
	}
	assert_int_equal(x->v.state, VISITOR_LINGERS);
	assert_int_equal(read(x->browser, first, 12), 12);
	assert_memory_equal(first, "HTTP/1.1 414", 12);
	free(s);
}

/* Who does not read has no more than its time. */
static void
an_answer_waits_for_room(void **state)
{
	struct pair *x = *state;
	char piece[4096] = "";
	int small = 1;

	(void)setsockopt(x->v.fd, SOL_SOCKET, SO_SNDBUF, &small, sizeof(small));
	while (send(x->v.fd, piece, sizeof(piece), MSG_DONTWAIT) > 0)
		;
	say(x, GOOD);
	assert_int_equal(step_at(x, 2000), CALLBACK_CODE);
	assert_int_equal(visitor_events(&x->v), POLLOUT);
	assert_int_equal(x->v.until, 2000 + VISITOR_ANSWER_MS);
	assert_int_equal(step_at(x, 2001), CALLBACK_MORE);
	assert_int_equal(x->v.state, VISITOR_WRITES);
	assert_int_equal(fcntl(x->browser, F_SETFL, O_NONBLOCK), 0);
	for (int i = 0; i < 1000 && x->v.state == VISITOR_WRITES; i++) {
		while (read(x->browser, piece, sizeof(piece)) > 0)
			;
		assert_int_equal(step_at(x, 2002), CALLBACK_MORE);
	}
	assert_int_equal(x->v.state, VISITOR_LINGERS);
}

static void
who_is_gone_before_its_answer_harms_nobody(void **state)
{
	struct pair *x = *state;

	say(x, GOOD);
	(void)close(x->browser);
	x->browser = -1;
	assert_int_equal(step_at(x, 2000), CALLBACK_CODE);
	assert_string_equal(x->c.code, "c1");
	assert_int_equal(x->v.state, VISITOR_NONE);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_request_has_its_page_and_then_the_end),
		CASE(a_request_may_come_byte_by_byte_but_not_for_ever),
		CASE(who_leaves_makes_room),
		CASE(junk_is_answered),
		CASE(a_megabyte_is_answered_and_thrown_away),
		CASE(an_answer_waits_for_room),
		CASE(who_is_gone_before_its_answer_harms_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
