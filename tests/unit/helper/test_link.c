/* One message of [B] to a deadline. */
#include "config.h"

#include <unistd.h>

#include "helper/link.h"
#include "proto/chan.h"
#include "tests/support/unit.h"

static int64_t
soon(void)
{
	return clock_boot_ms(&clock_system) + 60;
}

static void
a_message_crosses_and_silence_is_a_timeout(void **state)
{
	const struct ipc_msg poll = { .type = IPC_POLL };
	struct ipc_msg m = { 0 };
	int fd[2];

	(void)state;
	assert_int_equal(chan_pair(fd, NULL), E_OK);
	assert_int_equal(link_recv(fd[1], &m, &clock_system, soon(), NULL), E_TIMEOUT);
	assert_int_equal(link_send(fd[0], &poll, &clock_system, soon(), NULL), E_OK);
	assert_int_equal(link_recv(fd[1], &m, &clock_system, soon(), NULL), E_OK);
	assert_int_equal(m.type, IPC_POLL);
	(void)close(fd[0]);
	(void)close(fd[1]);
}

static void
refuses_what_is_no_message_and_tells_an_end(void **state)
{
	const struct ipc_msg poll = { .type = IPC_POLL };
	struct ipc_msg m = { 0 };
	int fd[2];

	(void)state;
	assert_int_equal(chan_pair(fd, NULL), E_OK);
	assert_int_equal(write(fd[0], "\x63", 1), 1);
	assert_int_equal(link_recv(fd[1], &m, &clock_system, soon(), NULL), E_FORMAT);
	assert_int_equal(m.type, 0);
	(void)close(fd[0]);
	assert_int_equal(link_recv(fd[1], &m, &clock_system, soon(), NULL), E_CLOSED);
	assert_int_equal(link_send(fd[1], &poll, &clock_system, soon(), NULL), E_CLOSED);
	(void)close(fd[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_crosses_and_silence_is_a_timeout),
		cmocka_unit_test(refuses_what_is_no_message_and_tells_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
