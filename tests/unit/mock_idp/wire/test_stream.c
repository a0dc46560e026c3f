/* Bytes to and from the other end, without TLS; with it in test_conn_*. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mock_idp/wire/stream.h"
#include "tests/support/unit.h"

struct pair {
	struct stream s;
	int other;
};

static struct pair
pair(void)
{
	struct pair p;
	int v[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, v), 0);
	assert_true(stream_open(&p.s, v[0], NULL));
	p.other = v[1];
	return p;
}

static void
bytes_go_both_ways_and_never_block(void **state)
{
	struct pair p = pair();
	char got[8] = "";
	size_t n;

	(void)state;
	assert_int_equal(stream_handshake(&p.s), STREAM_OK);
	assert_int_equal(stream_read(&p.s, got, sizeof(got), &n), STREAM_BLOCKED);
	assert_int_equal(p.s.events, POLLIN);
	assert_int_equal(write(p.other, "abc", 3), 3);
	assert_true(stream_spoken(&p.s));
	assert_int_equal(stream_read(&p.s, got, sizeof(got), &n), STREAM_OK);
	assert_int_equal(n, 3);
	assert_string_equal(got, "abc");
	assert_false(stream_spoken(&p.s));
	assert_int_equal(stream_write(&p.s, "xy", 2, &n), STREAM_OK);
	assert_int_equal(n, 2);
	assert_false(stream_flushed(&p.s));
	assert_int_equal(read(p.other, got, sizeof(got)), 2);
	assert_true(stream_flushed(&p.s));
	while (stream_write(&p.s, "xy", 2, &n) == STREAM_OK)
		;
	assert_int_equal(p.s.events, POLLOUT);
	(void)close(p.other);
	stream_close(&p.s);
	assert_int_equal(p.s.fd, -1);
}

static void
it_notices_who_leaves(void **state)
{
	struct pair p = pair();
	char got[8];
	size_t n;

	(void)state;
	assert_int_equal(write(p.other, "abc", 3), 3);
	assert_false(stream_hung_up(&p.s));
	assert_int_equal(shutdown(p.other, SHUT_WR), 0);
	/* before what was said is read */
	assert_true(stream_hung_up(&p.s));
	assert_false(stream_dead(&p.s));
	assert_int_equal(stream_discard(&p.s, &n), STREAM_OK);
	assert_int_equal(n, 3);
	assert_int_equal(stream_discard(&p.s, &n), STREAM_OVER);
	assert_int_equal(stream_read(&p.s, got, sizeof(got), &n), STREAM_OVER);
	(void)close(p.other);
	assert_true(stream_dead(&p.s));
	assert_int_equal(stream_write(&p.s, "x", 1, &n), STREAM_OVER);
	stream_close(&p.s);
}

static void
a_goodbye_leaves_the_other_direction_open(void **state)
{
	struct pair p = pair();
	char got[8];
	size_t n;

	(void)state;
	assert_int_equal(stream_goodbye(&p.s, true), STREAM_OK);
	assert_int_equal(read(p.other, got, sizeof(got)), 0);
	assert_int_equal(write(p.other, "abc", 3), 3);
	assert_int_equal(stream_discard(&p.s, &n), STREAM_OK);
	assert_int_equal(n, 3);
	(void)close(p.other);
	stream_close(&p.s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_go_both_ways_and_never_block),
		cmocka_unit_test(it_notices_who_leaves),
		cmocka_unit_test(a_goodbye_leaves_the_other_direction_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
