/* Requests and answers on a connection. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mock_idp/wire/conn_http.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/wire/ends.h"

static void
junk_is_answered_with_a_refusal(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	assert_int_equal(strncmp(ends_say(&e, "\x01\x02\r\n\r\n"), "HTTP/1.1 400 ", 13), 0);
	assert_int_equal(e.bad, 400);
	assert_true(e.eof);
	ends_close(&e);
}

static void
a_delayed_answer_comes_when_it_is_time(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	ends_faults(&e, "[[\"delay\",9000]]");
	assert_string_equal(ends_say(&e, ENDS_ASK "\r\n"), "");
	assert_int_equal(conn_deadline(e.conn), e.f->ms + 9000);
	assert_int_equal(conn_events(e.conn), 0);
	assert_string_equal(ends_wait(&e, 8999), "");
	assert_non_null(strstr(ends_wait(&e, 1), ENDS_BODY));
	ends_close(&e);
}

/* The moment of the answer is that of its last byte. */
static void
the_journal_says_how_a_request_came_and_when_its_answer_went(void **state)
{
	struct ends e;
	json_t *o;
	char *text;

	ends_meet(&e, *state);
	ends_faults(&e, "[[\"drip\",100,300]]");
	e.f->ms += 5;
	(void)ends_say(&e, ENDS_ASK "X-Odd: 1\r\n\r\n");
	assert_int_equal(journal_at(&e.f->w.journal, 0)->answered, -1);
	(void)ends_wait(&e, 300);
	o = entry_json(journal_at(&e.f->w.journal, 0), true);
	text = json_dumps(o, JSON_COMPACT);
	assert_non_null(strstr(text,
	    "\"us\":5000,\"conn\":7,\"listener\":\"issuer\",\"tls\":{\"version\":"
	    "\"TLSv1.3\",\"alpn\":\"http/1.1\",\"sni\":\"idp.test\"}"));
	assert_non_null(strstr(text, "[\"X-Odd\",\"1\"]"));
	assert_non_null(strstr(text, "\"answered_us\":305000"));
	free(text);
	json_decref(o);
	(void)ends_say(&e, "nonsense\xff\r\n\r\n");
	o = entry_json(journal_at(&e.f->w.journal, 1), true);
	assert_string_equal(
	    json_string_value(json_object_get(o, "bytes")), "nonsense\\xff\r\n\r\n");
	json_decref(o);
	ends_close(&e);
}

static void
a_dripping_answer_comes_in_slices(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	ends_faults(&e, "[[\"drip\",4,500]]");
	assert_string_equal(ends_say(&e, ENDS_ASK "\r\n"), "HTTP");
	assert_string_equal(ends_wait(&e, 499), "HTTP");
	assert_string_equal(ends_wait(&e, 1), "HTTP/1.1");
	for (int i = 0; i < 50 && strstr(e.got, ENDS_BODY) == NULL; i++)
		(void)ends_wait(&e, 500);
	assert_non_null(strstr(e.got, "\r\n\r\n" ENDS_BODY));
	/* and the connection goes on */
	assert_string_equal(ends_say(&e, ENDS_ASK "\r\n"), "HTTP");
	ends_close(&e);
}

static void
an_endless_answer_goes_on_while_the_client_reads(void **state)
{
	struct ends e;
	size_t all = 0;

	ends_meet(&e, *state);
	ends_faults(&e, "[\"endless-body\"]");
	assert_non_null(
	    strstr(ends_say(&e, ENDS_ASK "\r\n"), "\r\n\r\n7\r\n" ENDS_BODY "\r\n2000\r\n"));
	for (int i = 0; i < 200; i++) {
		all += e.ngot;
		e.ngot = 0;
		(void)ends_wait(&e, 0);
		assert_true(e.ngot > 0);
	}
	assert_true(all > 1000000);
	assert_non_null(e.conn);
	ends_close(&e);
}

static void
an_endless_answer_that_is_cut_ends(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	ends_faults(&e, "[\"endless-headers\",[\"cut\",10000]]");
	(void)ends_say(&e, ENDS_ASK "\r\n");
	assert_int_equal(e.ngot, 10000);
	assert_true(e.eof);
	ends_close(&e);
}

static void
a_reader_who_stops_reading_is_left(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	ends_faults(&e, "[\"endless-body\"]");
	assert_int_equal(SSL_write(e.client, ENDS_ASK "\r\n", sizeof(ENDS_ASK "\r\n") - 1),
	    sizeof(ENDS_ASK "\r\n") - 1);
	for (int i = 0; i < 1000; i++)
		assert_true(conn_step(e.conn, &e.f->w));
	e.f->ms += CONN_IO_MS;
	assert_false(conn_step(e.conn, &e.f->w));
	ends_close(&e);
}

static void
extra_bytes_lie_before_the_next_answer(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	ends_faults(&e, "[[\"extra\",\"JUNK\"]]");
	assert_non_null(strstr(ends_say(&e, ENDS_ASK "\r\n"), ENDS_BODY "JUNK"));
	assert_false(e.eof);
	ends_close(&e);
}

static void
what_is_said_where_nobody_should_be_is_written_down(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_EVIL_HTTP, NULL);
	(void)ends_say(&e, "\x16\x03\x01 no request");
	assert_int_equal(e.f->w.journal.n, 0);
	(void)ends_wait(&e, CONN_IO_MS);
	assert_null(e.conn);
	assert_int_equal(e.f->w.journal.n, 1);
	ends_close(&e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(junk_is_answered_with_a_refusal, fixture_reset),
		cmocka_unit_test_setup(a_delayed_answer_comes_when_it_is_time, fixture_reset),
		cmocka_unit_test_setup(
		    the_journal_says_how_a_request_came_and_when_its_answer_went, fixture_reset),
		cmocka_unit_test_setup(a_dripping_answer_comes_in_slices, fixture_reset),
		cmocka_unit_test_setup(
		    an_endless_answer_goes_on_while_the_client_reads, fixture_reset),
		cmocka_unit_test_setup(an_endless_answer_that_is_cut_ends, fixture_reset),
		cmocka_unit_test_setup(a_reader_who_stops_reading_is_left, fixture_reset),
		cmocka_unit_test_setup(extra_bytes_lie_before_the_next_answer, fixture_reset),
		cmocka_unit_test_setup(
		    what_is_said_where_nobody_should_be_is_written_down, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
