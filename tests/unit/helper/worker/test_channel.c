/* The worker's end of [B]. */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "common/fdio.h"
#include "helper/worker/channel.h"
#include "proto/chan.h"
#include "tests/support/unit.h"

#define SOON_MS 60

struct ends {
	int fd[2]; /* worker, monitor */
	struct channel c;
	struct err e;
};

static int
set_up(void **state)
{
	static struct ends x;

	x = (struct ends){ .fd = { -1, -1 } };
	*state = &x;
	if (chan_pair(x.fd, NULL) != E_OK)
		return -1;
	x.c = (struct channel){ .fd = x.fd[0], .clock = &clock_system };
	return 0;
}

static int
tear_down(void **state)
{
	struct ends *x = *state;

	fdio_close(&x->fd[0]);
	fdio_close(&x->fd[1]);
	return 0;
}

static int64_t
soon(void)
{
	return clock_boot_ms(&clock_system) + SOON_MS;
}

/* What the monitor hears. */
static void
heard(struct ends *x, struct ipc_msg *m)
{
	struct buf *b = buf_new(IPC_MAX);

	assert_int_equal(chan_recv(x->fd[1], b, IPC_MAX, &clock_system, soon(), NULL), E_OK);
	assert_int_equal(ipc_decode(buf_data(b), buf_len(b), m, NULL), E_OK);
	buf_free(b);
}

static void
a_message_arrives(void **state)
{
	const struct ipc_msg pending = { .type = IPC_PENDING };
	struct ends *x = *state;
	struct ipc_msg m;

	assert_int_equal(channel_send(&x->c, &pending, &x->e), E_OK);
	heard(x, &m);
	assert_int_equal(m.type, IPC_PENDING);
}

static void
the_expected_message_is_taken_and_another_refused(void **state)
{
	const uint8_t poll[] = { IPC_POLL }, pending[] = { IPC_PENDING };
	struct ends *x = *state;
	struct ipc_msg m = { 0 };

	assert_int_equal(write(x->fd[1], poll, 1), 1);
	assert_int_equal(channel_recv(&x->c, IPC_POLL, &m, soon(), &x->e), E_OK);
	assert_int_equal(m.type, IPC_POLL);
	m.type = (enum ipc_type)0;
	assert_int_equal(write(x->fd[1], pending, 1), 1);
	assert_int_equal(channel_recv(&x->c, IPC_POLL, &m, soon(), &x->e), E_FORMAT);
	assert_string_equal(err_reason(&x->e), "b.order");
	assert_int_equal(m.type, 0);
}

static void
refuses_bytes_that_are_no_message(void **state)
{
	struct ends *x = *state;
	struct ipc_msg m = { 0 };

	assert_int_equal(write(x->fd[1], "\x63", 1), 1);
	assert_int_equal(channel_recv(&x->c, IPC_JOB, &m, soon(), &x->e), E_FORMAT);
	assert_string_equal(err_reason(&x->e), "ipc.format");
}

static void
silence_is_a_timeout_and_the_monitors_end_a_close(void **state)
{
	struct ends *x = *state;
	struct ipc_msg m = { 0 };

	assert_int_equal(channel_recv(&x->c, IPC_POLL, &m, soon(), NULL), E_TIMEOUT);
	fdio_close(&x->fd[1]);
	assert_int_equal(channel_recv(&x->c, IPC_POLL, &m, soon(), &x->e), E_CLOSED);
	assert_int_equal(
	    channel_send(&x->c, &(struct ipc_msg){ .type = IPC_PENDING }, NULL), E_CLOSED);
}

static void
a_sleep_lasts_to_its_end_and_not_longer(void **state)
{
	struct ends *x = *state;
	int64_t until = soon(), now;

	assert_int_equal(channel_sleep(&x->c, until, &x->e), E_OK);
	now = clock_boot_ms(&clock_system);
	assert_in_range(now, until, until + 500);
	assert_int_equal(channel_sleep(&x->c, until, &x->e), E_OK); /* long past */
}

/* C-152, D-19 */
static void
the_monitors_end_wakes_a_sleeper(void **state)
{
	struct ends *x = *state;
	int64_t before = clock_boot_ms(&clock_system);

	fdio_close(&x->fd[1]);
	assert_int_equal(channel_sleep(&x->c, before + 5000, &x->e), E_CLOSED);
	assert_string_equal(err_reason(&x->e), "b.gone");
	assert_true(clock_boot_ms(&clock_system) - before < 1000);
}

static void
a_failure_is_told_with_class_reason_and_sentence(void **state)
{
	struct ends *x = *state;
	struct err why = { .code = E_OK };
	struct ipc_msg m;

	(void)err_set(&why, E_DENY, "dev.denied", "it was denied");
	channel_fail(&x->c, E_DENY, &why);
	heard(x, &m);
	assert_int_equal(m.type, IPC_FAILED);
	assert_int_equal(m.failed.code, E_DENY);
	assert_string_equal(m.failed.reason, "dev.denied");
	assert_string_equal(m.failed.text, "it was denied");
	ipc_clear(&m);
}

/* Words of the provider may be in it, and the monitor reads printable ASCII alone. */
static void
a_failure_is_made_printable_and_named_by_its_class(void **state)
{
	struct ends *x = *state;
	struct err why = { .code = E_OK };
	struct ipc_msg m;

	(void)err_set(&why, E_TIMEOUT, NULL, "h\xc3\xa4 %s\n", "\033[2J");
	channel_fail(&x->c, E_EXP, &why);
	heard(x, &m);
	assert_int_equal(m.failed.code, E_EXP);
	assert_string_equal(m.failed.reason, "exp");
	assert_string_equal(m.failed.text, "h\\xc3\\xa4 \\x1b[2J\\x0a");
	ipc_clear(&m);
}

static void
the_longest_failure_fits(void **state)
{
	struct ends *x = *state;
	struct err why = { .code = E_OK };
	struct ipc_msg m;

	(void)err_set(&why, E_PROTO, "a23456789012345678901234567890123456789", "%01000d", 7);
	channel_fail(&x->c, E_PROTO, &why);
	heard(x, &m);
	assert_int_equal(strlen(m.failed.reason), ERR_REASON_MAX - 1);
	ipc_clear(&m);
	memset(why.text, '\n', sizeof(why.text) - 1);
	channel_fail(&x->c, E_PROTO, &why);
	heard(x, &m);
	ipc_clear(&m);
}

static void
nobody_to_tell_is_no_signal(void **state)
{
	struct ends *x = *state;

	fdio_close(&x->fd[1]);
	channel_fail(&x->c, E_DENY, &x->e);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_message_arrives),
		CASE(the_expected_message_is_taken_and_another_refused),
		CASE(refuses_bytes_that_are_no_message),
		CASE(silence_is_a_timeout_and_the_monitors_end_a_close),
		CASE(a_sleep_lasts_to_its_end_and_not_longer),
		CASE(the_monitors_end_wakes_a_sleeper),
		CASE(a_failure_is_told_with_class_reason_and_sentence),
		CASE(a_failure_is_made_printable_and_named_by_its_class),
		CASE(the_longest_failure_fits),
		CASE(nobody_to_tell_is_no_signal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
