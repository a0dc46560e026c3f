/* The control socket's client. */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mock_idp/control/ctl.h"
#include "tests/support/unit.h"

/* A child that accepts once, checks the line, answers; its pid. */
static pid_t
serve_once(int listener, const char *want, const char *answer)
{
	pid_t pid = fork();
	char line[256];

	assert_true(pid >= 0);
	if (pid == 0) {
		int fd = accept(listener, NULL, NULL);
		ssize_t n = read(fd, line, sizeof(line));
		bool same = n == (ssize_t)strlen(want) && memcmp(line, want, (size_t)n) == 0;

		if (write(fd, answer, strlen(answer)) < 0)
			same = false;
		_exit(same ? 0 : 1);
	}
	return pid;
}

static void
check(const char *answer, int want)
{
	char dir[] = "/tmp/test_ctl.XXXXXX", heard[64] = "", a[] = "deny", b[] = "last";
	char *const words[] = { a, b };
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int listener = socket(AF_UNIX, SOCK_STREAM, 0), out[2], status;
	pid_t pid;

	assert_non_null(mkdtemp(dir));
	(void)snprintf(sa.sun_path, sizeof(sa.sun_path), "%s/s", dir);
	assert_int_equal(bind(listener, (struct sockaddr *)&sa, sizeof(sa)), 0);
	assert_int_equal(listen(listener, 1), 0);
	assert_int_equal(pipe(out), 0);
	pid = serve_once(listener, "deny last\n", answer);
	assert_int_equal(ctl_run(sa.sun_path, 2, words, out[1]), want);
	(void)close(out[1]);
	assert_int_equal(read(out[0], heard, sizeof(heard) - 1), (ssize_t)strlen(answer));
	assert_string_equal(heard, answer);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	(void)close(out[0]);
	(void)close(listener);
	assert_int_equal(unlink(sa.sun_path), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void
exits_0_for_ok_and_for_an_array(void **state)
{
	(void)state;
	check("{\"ok\":true,\"x\":1}\n", 0);
	check("[]\n", 0);
}

static void
exits_1_for_everything_else(void **state)
{
	(void)state;
	check("{\"ok\":false}\n", 1);
	check("{\n", 1);
	check("{\"ok\":true}", 1);
}

static void
exits_1_when_nobody_listens(void **state)
{
	char word[] = "codes";
	char *const words[] = { word };

	(void)state;
	assert_int_equal(ctl_run("/nonexistent/socket", 1, words, STDOUT_FILENO), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exits_0_for_ok_and_for_an_array),
		cmocka_unit_test(exits_1_for_everything_else),
		cmocka_unit_test(exits_1_when_nobody_listens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
