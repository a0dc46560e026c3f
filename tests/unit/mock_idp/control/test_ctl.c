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

/* What is sent for two words, what is printed of an answer, and the exit status. */
static void
check_words(const char *one, const char *two, const char *sent, const char *answer,
    const char *printed, int want)
{
	char dir[] = "/tmp/test_ctl.XXXXXX", a[64], b[64];
	char *const words[] = { a, b };
	static char heard[8192];
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int listener = socket(AF_UNIX, SOCK_STREAM, 0), out[2], status;
	pid_t pid;

	memset(heard, 0, sizeof(heard));
	(void)snprintf(a, sizeof(a), "%s", one);
	(void)snprintf(b, sizeof(b), "%s", two);
	assert_non_null(mkdtemp(dir));
	(void)snprintf(sa.sun_path, sizeof(sa.sun_path), "%s/s", dir);
	assert_int_equal(bind(listener, (struct sockaddr *)&sa, sizeof(sa)), 0);
	assert_int_equal(listen(listener, 1), 0);
	assert_int_equal(pipe(out), 0);
	pid = serve_once(listener, sent, answer);
	assert_int_equal(ctl_run(sa.sun_path, 2, words, out[1]), want);
	(void)close(out[1]);
	assert_int_equal(read(out[0], heard, sizeof(heard) - 1), (ssize_t)strlen(printed));
	assert_string_equal(heard, printed);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	(void)close(out[0]);
	(void)close(listener);
	assert_int_equal(unlink(sa.sun_path), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void
check(const char *answer, const char *printed, int want)
{
	check_words("deny", "last", "deny last\n", answer, printed, want);
}

static void
a_file_is_one_of_whoever_asks(void **state)
{
	static const char ok[] = "{\"ok\":true}\n";

	(void)state;
	assert_int_equal(chdir("/usr"), 0);
	check_words("load", "a.json", "load /usr/a.json\n", ok, ok, 0);
	check_words("append", "x/../b", "append /usr/x/../b\n", ok, ok, 0);
	check_words("load", "/b.json", "load /b.json\n", ok, ok, 0);
	check_words("scenario", "a.json", "scenario a.json\n", ok, ok, 0);
}

static void
exits_0_for_ok(void **state)
{
	(void)state;
	check("{\"ok\":true}\n", "{\"ok\":true}\n", 0);
	check("{\"ok\":true,\"x\":1}\n", "{\"ok\":true,\"x\":1}\n", 0);
}

static void
exits_1_for_everything_else(void **state)
{
	(void)state;
	check("{\"ok\":false}\n", "{\"ok\":false}\n", 1);
	check("{\n", "{\n", 1);
	check("{\"ok\":true}", "{\"ok\":true}", 1);
	check("", "", 1);
}

static void
of_many_lines_the_last_is_not_printed(void **state)
{
	(void)state;
	check("{\"seq\":1}\n{\"seq\":2}\n{\"ok\":true,\"entries\":2}\nmore",
	    "{\"seq\":1}\n{\"seq\":2}\n", 0);
	check("{\"ok\":true,\"entries\":0}\n", "", 0);
	check("{\"seq\":1}\n", "{\"seq\":1}\n", 1);
	check("a\n{\"ok\":false}\n", "a\n{\"ok\":false}\n", 1);
}

/* A line is longer than what is read at once, and has in the middle what would end the answer. */
static void
long_lines_are_whole(void **state)
{
	static const char end[] = "{\"ok\":true,\"entries\":1}\n";
	static char answer[6000], printed[6000];
	size_t n = sizeof(answer) - sizeof(end);

	(void)state;
	memset(answer, 'a', sizeof(answer));
	memcpy(answer + 4095, end, sizeof(end) - 2);
	answer[n - 1] = '\n';
	memcpy(answer + n, end, sizeof(end));
	memcpy(printed, answer, n);
	check(answer, printed, 0);
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
		cmocka_unit_test(exits_0_for_ok),
		cmocka_unit_test(a_file_is_one_of_whoever_asks),
		cmocka_unit_test(exits_1_for_everything_else),
		cmocka_unit_test(of_many_lines_the_last_is_not_printed),
		cmocka_unit_test(long_lines_are_whole),
		cmocka_unit_test(exits_1_when_nobody_listens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
