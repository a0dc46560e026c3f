/* Descriptors to a deadline. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <signal.h>
#include <unistd.h>

#include "common/fdio.h"
#include "tests/support/scratch.h"

static void
waits_until_something_is_ready_or_the_deadline(void **state)
{
	int64_t now = clock_boot_ms(&clock_system);
	struct pollfd p = { .events = POLLIN };
	int fd[2];

	(void)state;
	assert_int_equal(pipe(fd), 0);
	p.fd = fd[0];
	assert_int_equal(fdio_wait(&p, 1, &clock_system, now + 20), E_TIMEOUT);
	assert_true(clock_boot_ms(&clock_system) >= now + 20);
	assert_int_equal(fdio_wait(&p, 1, &clock_system, now - 1), E_TIMEOUT);
	assert_int_equal(write(fd[1], "x", 1), 1);
	assert_int_equal(fdio_wait(&p, 1, &clock_system, now - 1), E_OK);
	assert_int_equal(p.revents, POLLIN);
	fdio_close(&fd[0]);
	fdio_close(&fd[1]);
}

static void
on_alarm(int sig)
{
	(void)sig;
}

static void
a_signal_does_not_end_a_wait(void **state)
{
	struct sigaction act = { .sa_handler = on_alarm }, old;
	struct itimerval every = { { 0, 5000 }, { 0, 5000 } }, none = { { 0, 0 }, { 0, 0 } };
	int64_t now = clock_boot_ms(&clock_system);
	struct pollfd p = { .events = POLLIN };
	int fd[2];

	(void)state;
	assert_int_equal(pipe(fd), 0);
	p.fd = fd[0];
	assert_int_equal(sigaction(SIGALRM, &act, &old), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &every, NULL), 0);
	assert_int_equal(fdio_wait(&p, 1, &clock_system, now + 50), E_TIMEOUT);
	assert_int_equal(setitimer(ITIMER_REAL, &none, NULL), 0);
	assert_int_equal(sigaction(SIGALRM, &old, NULL), 0);
	assert_true(clock_boot_ms(&clock_system) >= now + 50);
	fdio_close(&fd[0]);
	fdio_close(&fd[1]);
}

static void
a_file_is_written_and_read_whole(void **state)
{
	static char data[10000];
	char path[SCRATCH_PATH];
	struct buf *b = buf_new(sizeof(data)), *small = buf_new(sizeof(data) - 1);
	struct scratch s;
	int fd;

	(void)state;
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)(i * 7);
	scratch_make(&s);
	fd = open(scratch_path(&s, path, "f"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(fdio_write_all(fd, data, sizeof(data)), E_OK);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(fdio_read_all(fd, b), E_OK);
	assert_int_equal(buf_len(b), sizeof(data));
	assert_memory_equal(buf_data(b), data, sizeof(data));
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(fdio_read_all(fd, small), E_LIMIT);
	fdio_close(&fd);
	assert_int_equal(fdio_read_all(-1, b), E_SYS);
	assert_int_equal(fdio_write_all(-1, "x", 1), E_SYS);
	assert_int_equal(fdio_write_all(-1, "x", 0), E_OK);
	buf_free(b);
	buf_free(small);
	scratch_remove(&s);
}

static void
closing_twice_closes_once_and_keeps_errno(void **state)
{
	int fd[2];

	(void)state;
	assert_int_equal(pipe(fd), 0);
	errno = EXDEV;
	fdio_close(&fd[0]);
	assert_int_equal(fd[0], -1);
	fdio_close(&fd[0]);
	assert_int_equal(errno, EXDEV);
	fdio_close(&fd[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_until_something_is_ready_or_the_deadline),
		cmocka_unit_test(a_signal_does_not_end_a_wait),
		cmocka_unit_test(a_file_is_written_and_read_whole),
		cmocka_unit_test(closing_twice_closes_once_and_keeps_errno),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
