/* How a connection begins. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include "tests/support/unit.h"
#include "tests/unit/mock_idp/wire/ends.h"

static void
the_exchange_knows_how_it_came(void **state)
{
	struct ends e;

	ends_meet(&e, *state);
	(void)ends_say(&e, ENDS_ASK "\r\n");
	assert_string_equal(e.version, "TLSv1.3");
	assert_string_equal(e.alpn, "http/1.1");
	assert_string_equal(e.sni, "idp.test");
	ends_close(&e);
}

static void
plain_http_where_the_listener_has_no_tls(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_EVIL_HTTP, NULL);
	assert_non_null(strstr(ends_say(&e, ENDS_ASK "\r\n"), ENDS_BODY));
	assert_string_equal(e.version, "");
	ends_close(&e);
}

static void
junk_instead_of_tls_ends_it(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_ISSUER, NULL);
	(void)ends_say(&e, ENDS_ASK "\r\n");
	assert_null(e.conn);
	assert_int_equal(e.asked, 0);
	ends_close(&e);
}

static void
early_bytes_come_before_any_request(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_ISSUER, "[[\"early\",\"HTTP/1.1 200 OK\\r\\n\\r\\n\"]]");
	assert_true(ends_shake(&e));
	assert_string_equal(ends_wait(&e, 0), "HTTP/1.1 200 OK\r\n\r\n");
	assert_int_equal(e.asked, 0);
	assert_non_null(strstr(ends_say(&e, ENDS_ASK "\r\n"), ENDS_BODY));
	ends_close(&e);
}

static void
plain_text_answers_the_hello(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_ISSUER, "[[\"plain\",\"HTTP/1.1 400 Bad\\r\\n\\r\\n\"]]");
	assert_string_equal(ends_wait(&e, 0), "");
	assert_string_equal(ends_say(&e, "\x16\x03\x01"), "HTTP/1.1 400 Bad\r\n\r\n");
	assert_true(e.eof);
	assert_int_equal(e.broken, 0);
	ends_close(&e);
}

static void
garbage_is_no_record(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_ISSUER, "[[\"garbage\",300]]");
	(void)ends_say(&e, "\x16\x03\x01");
	assert_int_equal(e.ngot, 300);
	assert_true((unsigned char)e.got[0] >= 0x80);
	assert_true(e.eof);
	ends_close(&e);
}

static void
a_stalled_handshake_is_never_answered(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_ISSUER, "[\"stall\"]");
	assert_false(ends_shake(&e));
	assert_int_equal(e.conn != NULL, 1);
	(void)ends_wait(&e, CONN_HOLD_MS - 1);
	assert_non_null(e.conn);
	assert_int_equal(e.ngot, 0);
	(void)ends_wait(&e, 1);
	assert_null(e.conn);
	ends_close(&e);
}

static void
a_silent_port_reads_nothing_and_notices_who_leaves(void **state)
{
	struct ends e;
	int unread = 0;

	ends_open(&e, *state, LISTENER_ISSUER, "[\"silent\"]");
	(void)ends_say(&e, "x");
	assert_non_null(e.conn);
	assert_int_equal(ioctl(conn_fd(e.conn), FIONREAD, &unread), 0);
	assert_int_equal(unread, 1);
	assert_int_equal(shutdown(e.fd, SHUT_WR), 0);
	(void)ends_wait(&e, 0);
	assert_null(e.conn);
	ends_close(&e);
}

static void
dropped_and_reset_before_the_handshake(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_ISSUER, "[\"drop\"]");
	(void)ends_wait(&e, 0);
	assert_true(e.eof);
	assert_int_equal(e.broken, 0);
	ends_close(&e);
	ends_open(&e, *state, LISTENER_ISSUER, "[[\"reset\",0]]");
	(void)ends_wait(&e, 0);
	assert_int_equal(e.broken, ECONNRESET);
	ends_close(&e);
}

/* A few in a row are allowed, and nothing comes of them. */
static void
a_flood_of_empty_records(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_ISSUER, "[[\"records\",20]]");
	assert_true(ends_shake(&e));
	assert_string_equal(ends_say(&e, ENDS_ASK "\r\n"), "");
	assert_int_equal(e.broken, 0);
	assert_false(e.eof);
	assert_non_null(e.conn);
	assert_int_equal(e.asked, 0);
	ends_close(&e);
	ends_open(&e, *state, LISTENER_ISSUER, "[[\"records\",2000]]");
	assert_true(ends_shake(&e));
	(void)ends_wait(&e, 0);
	assert_int_equal(e.broken, EPIPE);
	ends_close(&e);
}

static void
a_delayed_handshake_comes_late(void **state)
{
	struct ends e;

	ends_open(&e, *state, LISTENER_ISSUER, "[[\"delay\",7000]]");
	assert_int_equal(conn_deadline(e.conn), e.f->ms + 7000);
	assert_int_equal(conn_events(e.conn), 0);
	assert_false(ends_shake(&e));
	assert_non_null(e.conn);
	SSL_free(e.client);
	e.f->ms += 7000;
	/* the first hello is in the socket still, and the second one would be nonsense */
	e.client = NULL;
	(void)ends_wait(&e, 0);
	assert_true(e.ngot > 100);
	assert_int_equal(e.got[0], 0x16);
	ends_close(&e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_exchange_knows_how_it_came, fixture_reset),
		cmocka_unit_test_setup(plain_http_where_the_listener_has_no_tls, fixture_reset),
		cmocka_unit_test_setup(junk_instead_of_tls_ends_it, fixture_reset),
		cmocka_unit_test_setup(early_bytes_come_before_any_request, fixture_reset),
		cmocka_unit_test_setup(plain_text_answers_the_hello, fixture_reset),
		cmocka_unit_test_setup(garbage_is_no_record, fixture_reset),
		cmocka_unit_test_setup(a_stalled_handshake_is_never_answered, fixture_reset),
		cmocka_unit_test_setup(
		    a_silent_port_reads_nothing_and_notices_who_leaves, fixture_reset),
		cmocka_unit_test_setup(dropped_and_reset_before_the_handshake, fixture_reset),
		cmocka_unit_test_setup(a_flood_of_empty_records, fixture_reset),
		cmocka_unit_test_setup(a_delayed_handshake_comes_late, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
