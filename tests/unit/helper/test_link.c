/* One end of [B]. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "common/fdio.h"
#include "helper/link.h"
#include "proto/chan.h"
#include "tests/support/unit.h"

static int64_t
soon(void)
{
	return clock_boot_ms(&clock_system) + 500;
}

static int
setup(void **state)
{
	static int pair[2];

	*state = pair;
	return chan_pair(pair, NULL) == E_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	int *pair = *state;

	fdio_close(&pair[0]);
	fdio_close(&pair[1]);
	return 0;
}

static void
a_message_arrives_as_it_was_sent(void **state)
{
	const struct ipc_msg m = { .type = IPC_FAILED,
		.failed = { .code = E_DENY,
		    .reason = (char[]){ "dev.denied" },
		    .text = (char[]){ "no" } } };
	struct ipc_msg got = { 0 };
	int *pair = *state;

	assert_int_equal(link_send(pair[0], &m, &clock_system, soon(), NULL), E_OK);
	assert_int_equal(link_recv(pair[1], &got, &clock_system, soon(), NULL), E_OK);
	assert_int_equal(got.type, IPC_FAILED);
	assert_int_equal(got.failed.code, E_DENY);
	assert_string_equal(got.failed.reason, "dev.denied");
	ipc_clear(&got);
}

static void
what_is_no_message_is_refused(void **state)
{
	struct ipc_msg got = { 0 };
	struct err e = { .code = E_OK };
	int *pair = *state;

	assert_int_equal(send(pair[0], "\x63junk", 5, 0), 5);
	assert_int_equal(link_recv(pair[1], &got, &clock_system, soon(), &e), E_FORMAT);
	assert_string_equal(err_reason(&e), "ipc.format");
}

static void
an_end_that_is_gone_and_one_that_is_silent_are_told_apart(void **state)
{
	const struct ipc_msg poll = { .type = IPC_POLL };
	struct ipc_msg got = { 0 };
	int *pair = *state;

	assert_int_equal(
	    link_recv(pair[1], &got, &clock_system, clock_boot_ms(&clock_system) + 30, NULL),
	    E_TIMEOUT);
	fdio_close(&pair[0]);
	assert_int_equal(link_recv(pair[1], &got, &clock_system, soon(), NULL), E_CLOSED);
	assert_int_equal(link_send(pair[1], &poll, &clock_system, soon(), NULL), E_CLOSED);
}

static void
a_message_that_cannot_be_encoded_is_not_sent(void **state)
{
	const struct ipc_msg none = { .type = (enum ipc_type)99 };
	struct ipc_msg got = { 0 };
	int *pair = *state;

	assert_int_not_equal(link_send(pair[0], &none, &clock_system, soon(), NULL), E_OK);
	assert_int_equal(
	    link_recv(pair[1], &got, &clock_system, clock_boot_ms(&clock_system) + 30, NULL),
	    E_TIMEOUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_message_arrives_as_it_was_sent, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_no_message_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    an_end_that_is_gone_and_one_that_is_silent_are_told_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_message_that_cannot_be_encoded_is_not_sent, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
