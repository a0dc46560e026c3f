/* One packet to a deadline. */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "proto/chan.h"
#include "tests/support/unit.h"

#define SOON_MS 50

struct ends {
	int fd[2];
	struct buf *out, *in;
};

static int
set_up(void **state)
{
	static struct ends x;

	x.out = buf_new(CHAN_MAX * 2);
	x.in = buf_new(CHAN_MAX * 2);
	*state = &x;
	if (x.out == NULL || x.in == NULL)
		return -1;
	return chan_pair(x.fd, NULL) == E_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	struct ends *x = *state;

	(void)close(x->fd[0]);
	(void)close(x->fd[1]);
	buf_free(x->out);
	buf_free(x->in);
	return 0;
}

static int64_t
soon(void)
{
	return clock_boot_ms(&clock_system) + SOON_MS;
}

static enum errcode
send_one(struct ends *x, int from, const char *s)
{
	buf_reset(x->out);
	assert_int_equal(buf_puts(x->out, s), E_OK);
	return chan_send(x->fd[from], x->out, &clock_system, soon(), NULL);
}

static enum errcode
recv_one(struct ends *x, int at, size_t max)
{
	return chan_recv(x->fd[at], x->in, max, &clock_system, soon(), NULL);
}

static void
a_packet_arrives_whole_and_alone(void **state)
{
	struct ends *x = *state;

	assert_int_equal(send_one(x, 0, "first"), E_OK);
	assert_int_equal(send_one(x, 0, "second"), E_OK);
	assert_int_equal(recv_one(x, 1, CHAN_MAX), E_OK);
	assert_int_equal(buf_len(x->in), 5);
	assert_memory_equal(buf_data(x->in), "first", 5);
	assert_int_equal(recv_one(x, 1, CHAN_MAX), E_OK);
	assert_memory_equal(buf_data(x->in), "second", 6);
}

static void
both_ends_close_on_exec(void **state)
{
	struct ends *x = *state;

	assert_int_equal(fcntl(x->fd[0], F_GETFD), FD_CLOEXEC);
	assert_int_equal(fcntl(x->fd[1], F_GETFD), FD_CLOEXEC);
}

static void
refuses_to_send_an_empty_packet(void **state)
{
	struct ends *x = *state;

	assert_int_equal(send_one(x, 0, ""), E_FORMAT);
}

static void
refuses_a_packet_over_the_maximum(void **state)
{
	struct ends *x = *state;

	assert_int_equal(send_one(x, 0, "12345"), E_OK);
	assert_int_equal(recv_one(x, 1, 4), E_FORMAT);
	assert_int_equal(buf_len(x->in), 0);
	assert_int_equal(send_one(x, 0, "1234"), E_OK);
	assert_int_equal(recv_one(x, 1, 4), E_OK);
}

static void
a_silent_end_is_a_timeout(void **state)
{
	struct ends *x = *state;

	assert_int_equal(recv_one(x, 1, CHAN_MAX), E_TIMEOUT);
}

static void
a_full_queue_is_a_timeout(void **state)
{
	struct ends *x = *state;
	enum errcode r = E_OK;

	for (int i = 0; i < 100000 && r == E_OK; i++)
		r = send_one(x, 0, "packet");
	assert_int_equal(r, E_TIMEOUT);
}

static void
a_closed_end_is_told_without_a_signal(void **state)
{
	struct ends *x = *state;

	(void)close(x->fd[1]);
	assert_int_equal(send_one(x, 0, "x"), E_CLOSED);
	assert_int_equal(recv_one(x, 0, CHAN_MAX), E_CLOSED);
}

/* The helper gives its verdict and leaves while an answer to it is on the way. */
static void
last_words_are_heard_though_our_packet_was_not_read(void **state)
{
	struct ends *x = *state;

	assert_int_equal(send_one(x, 0, "never read"), E_OK);
	assert_int_equal(send_one(x, 1, "last words"), E_OK);
	(void)close(x->fd[1]);
	assert_int_equal(recv_one(x, 0, CHAN_MAX), E_OK);
	assert_memory_equal(buf_data(x->in), "last words", 10);
	assert_int_equal(recv_one(x, 0, CHAN_MAX), E_CLOSED);
}

static void
descriptors_that_come_along_are_closed(void **state)
{
	struct ends *x = *state;
	union {
		struct cmsghdr h;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	char byte = 'x';
	struct iovec iov = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr h = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control.room) };
	int pipefd[2];
	char c;

	assert_int_equal(pipe2(pipefd, O_CLOEXEC | O_NONBLOCK), 0);
	control.h.cmsg_level = SOL_SOCKET;
	control.h.cmsg_type = SCM_RIGHTS;
	control.h.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.h), &pipefd[1], sizeof(int));
	assert_int_equal(sendmsg(x->fd[0], &h, 0), 1);
	(void)close(pipefd[1]);
	assert_int_equal(read(pipefd[0], &c, 1), -1);
	assert_int_equal(recv_one(x, 1, CHAN_MAX), E_OK);
	assert_int_equal(read(pipefd[0], &c, 1), 0);
	(void)close(pipefd[0]);
}

static void
the_peer_of_a_pair_is_its_maker(void **state)
{
	struct ends *x = *state;
	pid_t pid = 0;
	uid_t uid = 12345;

	assert_int_equal(chan_peer(x->fd[0], &pid, &uid, NULL), E_OK);
	assert_int_equal(pid, getpid());
	assert_int_equal(uid, geteuid());
}

static void
a_descriptor_that_is_no_socket_has_no_peer(void **state)
{
	struct err e = { .code = E_OK };
	pid_t pid = 7;
	uid_t uid = 7;
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_int_equal(chan_peer(fd, &pid, &uid, &e), E_SYS);
	assert_int_equal(pid, 7);
	(void)close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_packet_arrives_whole_and_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(both_ends_close_on_exec, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_to_send_an_empty_packet, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    refuses_a_packet_over_the_maximum, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_silent_end_is_a_timeout, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_queue_is_a_timeout, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_closed_end_is_told_without_a_signal, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    last_words_are_heard_though_our_packet_was_not_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    descriptors_that_come_along_are_closed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_peer_of_a_pair_is_its_maker, set_up, tear_down),
		cmocka_unit_test(a_descriptor_that_is_no_socket_has_no_peer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
