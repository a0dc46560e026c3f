/* One connection, as the server sees it. */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "tests/support/unit.h"
#include "tests/unit/mock_idp/wire/ends.h"

static size_t
count_answers(const char *text)
{
	size_t n = 0;

	while ((text = strstr(text, "HTTP/1.1 200 OK\r\n")) != NULL) {
		text++;
		n++;
	}
	return n;
}

static void
stays_open_between_requests(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	assert_int_equal(count_answers(ends_say(&e, ENDS_ASK "\r\n")), 1);
	e.f->ms += CONN_IDLE_MS - 1;
	assert_int_equal(count_answers(ends_say(&e, ENDS_ASK "\r\n")), 1);
	assert_int_equal(conn_deadline(e.conn), e.f->ms + CONN_IDLE_MS);
	ends_close(&e);
}

static void
answers_two_requests_in_one_write_and_one_in_two(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	assert_int_equal(count_answers(ends_say(&e, ENDS_ASK "\r\n" ENDS_ASK "\r\n")), 2);
	assert_int_equal(count_answers(ends_say(&e, ENDS_ASK)), 0);
	assert_int_equal(conn_deadline(e.conn), e.f->ms + CONN_IO_MS);
	assert_int_equal(count_answers(ends_say(&e, "\r\n")), 1);
	ends_close(&e);
}

static void
says_goodbye_when_asked_to_close(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	assert_int_equal(count_answers(ends_say(&e, ENDS_ASK "Connection: close\r\n\r\n")), 1);
	assert_non_null(strstr(e.got, "\r\nConnection: close\r\n"));
	assert_true(e.eof);
	/* waits for the client, but not for long */
	assert_non_null(e.conn);
	(void)ends_wait(&e, 1000);
	assert_null(e.conn);
	ends_close(&e);
}

static void
an_idle_connection_ends(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	assert_int_equal(conn_idle_until(e.conn), e.f->ms + CONN_IDLE_MS);
	(void)ends_wait(&e, CONN_IDLE_MS);
	assert_null(e.conn);
	ends_close(&e);
}

static void
a_handshake_that_never_comes_ends(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_ISSUER, NULL);
	(void)ends_wait(&e, CONN_IO_MS - 1);
	assert_non_null(e.conn);
	(void)ends_wait(&e, 1);
	assert_null(e.conn);
	ends_close(&e);
}

static void
a_client_with_many_requests_leaves_turns_to_others(void **state)
{
	const int len = sizeof(ENDS_ASK "\r\n") - 1;
	struct ends e;

	ends_meet(&e, *state);
	for (int i = 0; i < 100; i++)
		assert_int_equal(SSL_write(e.client, ENDS_ASK "\r\n", len), len);
	assert_true(conn_step(e.conn, &e.f->w));
	assert_in_range(e.asked, 1, 99);
	/* it wants to go on at once */
	assert_int_equal(conn_deadline(e.conn), e.f->ms);
	(void)ends_wait(&e, 0);
	assert_int_equal(e.asked, 100);
	ends_close(&e);
}

static void
a_client_at_work_gives_way_to_nobody(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	ends_faults(&e, "[[\"delay\",1000]]");
	(void)ends_say(&e, ENDS_ASK "\r\n");
	assert_int_equal(conn_idle_until(e.conn), INT64_MAX);
	ends_close(&e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(stays_open_between_requests, fixture_reset),
		cmocka_unit_test_setup(
		    answers_two_requests_in_one_write_and_one_in_two, fixture_reset),
		cmocka_unit_test_setup(says_goodbye_when_asked_to_close, fixture_reset),
		cmocka_unit_test_setup(an_idle_connection_ends, fixture_reset),
		cmocka_unit_test_setup(a_handshake_that_never_comes_ends, fixture_reset),
		cmocka_unit_test_setup(
		    a_client_with_many_requests_leaves_turns_to_others, fixture_reset),
		cmocka_unit_test_setup(a_client_at_work_gives_way_to_nobody, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
