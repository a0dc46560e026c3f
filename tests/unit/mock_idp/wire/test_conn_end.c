/* How a connection ends, or does not. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/unit.h"
#include "tests/unit/mock_idp/wire/ends.h"

/* After an answer with those faults: what came. */
static const char *
answer_with(struct ends *e, void **state, const char *faults)
{
	ends_meet(e, *state);
	ends_faults(e, faults);
	return ends_say(e, ENDS_ASK "\r\n");
}

static void
a_cut_answer_ends_with_a_goodbye(void **state)
{
	struct ends e;

	assert_string_equal(answer_with(&e, state, "[[\"cut\",9]]"), "HTTP/1.1 ");
	assert_true(e.eof);
	assert_int_equal(e.broken, 0);
	ends_close(&e);
}

static void
or_without_one(void **state)
{
	struct ends e;

	assert_string_equal(
	    answer_with(&e, state, "[[\"cut\",9],\"no-close-notify\"]"), "HTTP/1.1 ");
	assert_false(e.eof);
	assert_int_equal(e.broken, EPIPE);
	ends_close(&e);
}

static void
a_whole_answer_without_a_goodbye(void **state)
{
	struct ends e;

	assert_non_null(strstr(answer_with(&e, state, "[\"no-close-notify\"]"),
	    "Connection: close\r\n\r\n" ENDS_BODY));
	assert_false(e.eof);
	assert_int_equal(e.broken, EPIPE);
	ends_close(&e);
}

static void
a_reset_comes_after_the_bytes(void **state)
{
	struct ends e;

	assert_string_equal(answer_with(&e, state, "[[\"reset\",9]]"), "HTTP/1.1 ");
	/* it waits until the bytes have arrived */
	for (int i = 0; i < 50 && e.broken == 0; i++)
		(void)ends_wait(&e, 5);
	assert_int_equal(e.broken, ECONNRESET);
	assert_null(e.conn);
	ends_close(&e);
}

static void
a_dropped_answer_is_a_goodbye_without_a_word(void **state)
{
	struct ends e;

	assert_string_equal(answer_with(&e, state, "[\"drop\"]"), "");
	assert_true(e.eof);
	assert_int_equal(e.asked, 1);
	assert_int_equal(journal_at(&e.f->w.journal, 0)->answered, -1);
	ends_close(&e);
}

static void
close_is_said_and_done(void **state)
{
	struct ends e;

	assert_non_null(
	    strstr(answer_with(&e, state, "[\"close\"]"), "Connection: close\r\n\r\n" ENDS_BODY));
	assert_true(e.eof);
	ends_close(&e);
}

static void
an_answer_that_hangs_never_comes_until_the_client_goes(void **state)
{
	struct ends e;

	assert_string_equal(answer_with(&e, state, "[\"hang\"]"), "");
	assert_string_equal(ends_wait(&e, CONN_HOLD_MS - 1), "");
	assert_non_null(e.conn);
	assert_false(e.eof);
	/* more of it is swallowed */
	assert_string_equal(ends_say(&e, ENDS_ASK "\r\n"), "");
	assert_int_equal(e.asked, 1);
	assert_int_equal(shutdown(e.fd, SHUT_WR), 0);
	(void)ends_wait(&e, 0);
	assert_null(e.conn);
	ends_close(&e);
}

static void
who_goes_on_talking_after_the_goodbye_is_left(void **state)
{
	static char junk[65536];
	struct ends e;

	(void)answer_with(&e, state, "[\"close\"]");
	for (int i = 0; i < 40 && e.conn != NULL; i++) {
		(void)send(e.fd, junk, sizeof(junk), MSG_NOSIGNAL);
		(void)ends_wait(&e, 0);
	}
	assert_null(e.conn);
	ends_close(&e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_cut_answer_ends_with_a_goodbye, fixture_reset),
		cmocka_unit_test_setup(or_without_one, fixture_reset),
		cmocka_unit_test_setup(a_whole_answer_without_a_goodbye, fixture_reset),
		cmocka_unit_test_setup(a_reset_comes_after_the_bytes, fixture_reset),
		cmocka_unit_test_setup(a_dropped_answer_is_a_goodbye_without_a_word, fixture_reset),
		cmocka_unit_test_setup(close_is_said_and_done, fixture_reset),
		cmocka_unit_test_setup(
		    an_answer_that_hangs_never_comes_until_the_client_goes, fixture_reset),
		cmocka_unit_test_setup(
		    who_goes_on_talking_after_the_goodbye_is_left, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
