/* A connection from inside. */
#include "config.h"

#include <poll.h>

#include "mock_idp/wire/conn_state.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
a_step_of_the_stream_is_a_step_of_the_connection(void **state)
{
	struct conn c = { .stream = { .events = POLLOUT }, .wake = 5 };

	(void)state;
	assert_int_equal(conn_judge(&c, STREAM_OK), CONN_AGAIN);
	assert_int_equal(c.wake, 5);
	assert_int_equal(conn_judge(&c, STREAM_OVER), CONN_OVER);
	assert_int_equal(conn_judge(&c, STREAM_BLOCKED), CONN_BLOCKED);
	assert_int_equal(c.events, POLLOUT);
	assert_int_equal(c.wake, INT64_MAX);
	assert_int_equal(conn_blocked(&c, 0, 7), CONN_BLOCKED);
	assert_int_equal(c.events, 0);
	assert_int_equal(c.wake, 7);
	assert_int_equal(conn_enter(&c, CONN_CLOSING, 9), CONN_AGAIN);
	assert_int_equal(c.state, CONN_CLOSING);
	assert_int_equal(c.deadline, 9);
}

static void
it_tells_what_is_known_before_a_request(void **state)
{
	struct fixture *f = *state;
	const struct listener l = { .kind = LISTENER_ORIGIN2, .origin = "https://127.0.0.1:5" };
	const struct conn c = { .from = &l, .id = 3 };

	conn_tell(&c, &f->w, &f->x);
	assert_int_equal(f->x.conn, 3);
	assert_int_equal(f->x.arrived, f->ms);
	assert_string_equal(f->x.listener, "origin2");
	assert_string_equal(f->x.origin, "https://127.0.0.1:5");
	assert_null(f->x.tls_version);
	assert_null(f->x.alpn);
	assert_null(f->x.sni);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    a_step_of_the_stream_is_a_step_of_the_connection, fixture_reset),
		cmocka_unit_test_setup(it_tells_what_is_known_before_a_request, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
