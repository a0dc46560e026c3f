/* One control connection. */
#include "config.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mock_idp/control/control_conn.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static struct control_conn *
pair_up(int *mine)
{
	int v[2];
	struct control_conn *c;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, v), 0);
	*mine = v[0];
	c = control_conn_new(v[1]);
	assert_non_null(c);
	return c;
}

static void
say(int fd, const char *text)
{
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
}

static const char *
hear(int fd, char *line, size_t size)
{
	ssize_t n = read(fd, line, size - 1);

	line[n < 0 ? 0 : n] = '\0';
	return line;
}

static void
answers_each_line(void **state)
{
	struct fixture *f = *state;
	bool quit = false;
	char line[256];
	int fd;
	struct control_conn *c = pair_up(&fd);

	say(fd, "re");
	assert_true(control_conn_step(c, &f->w, &quit));
	assert_string_equal(hear(fd, line, sizeof(line)), "");
	say(fd, "set\nnonsense\n");
	assert_true(control_conn_step(c, &f->w, &quit));
	assert_string_equal(hear(fd, line, sizeof(line)),
	    "{\"ok\":true}\n{\"ok\":false,\"error\":\"unknown command nonsense; help lists "
	    "them\"}\n");
	assert_int_equal(control_conn_events(c), POLLIN);
	(void)close(fd);
	assert_false(control_conn_step(c, &f->w, &quit));
	control_conn_free(c);
}

static void
a_wait_is_answered_when_it_is_over(void **state)
{
	struct fixture *f = *state;
	bool quit = false;
	char line[256];
	int fd;
	struct control_conn *c = pair_up(&fd);

	say(fd, "wait-code 700\n");
	assert_true(control_conn_step(c, &f->w, &quit));
	assert_string_equal(hear(fd, line, sizeof(line)), "");
	assert_int_equal(control_conn_events(c), 0);
	assert_int_equal(control_conn_deadline(c), f->ms + 700);
	(void)fixture_code(f, "", NULL);
	assert_true(control_conn_step(c, &f->w, &quit));
	assert_int_equal(strncmp(hear(fd, line, sizeof(line)), "{\"ok\":true", 10), 0);
	assert_int_equal(control_conn_deadline(c), INT64_MAX);
	control_conn_free(c);
	(void)close(fd);
}

static void
an_endless_line_ends_the_connection(void **state)
{
	struct fixture *f = *state;
	bool quit = false;
	char line[CONTROL_LINE_MAX + 1];
	int fd;
	struct control_conn *c = pair_up(&fd);

	memset(line, 'a', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	say(fd, line);
	assert_false(control_conn_step(c, &f->w, &quit));
	control_conn_free(c);
	(void)close(fd);
}

/* More than a socket holds: it goes on when there is room again. */
static void
a_long_journal_is_told_to_its_end(void **state)
{
	struct fixture *f = *state;
	bool quit = false;
	static char line[65536];
	int fd;
	struct control_conn *c = pair_up(&fd);
	size_t lines = 0, last = 0;

	for (int i = 0; i < 5000; i++)
		journal_record(&f->w.journal, fixture_ask(f, "GET", "/a", NULL), i);
	say(fd, "journal\ncodes\n");
	for (int i = 0; i < 5000 && lines < 5002; i++) {
		assert_true(control_conn_step(c, &f->w, &quit));
		(void)hear(fd, line, sizeof(line));
		last = strlen(line);
		for (const char *s = line; (s = strchr(s, '\n')) != NULL; s++)
			lines++;
	}
	assert_int_equal(lines, 5002);
	assert_non_null(strstr(line, "{\"ok\":true,\"codes\":"));
	assert_int_equal(line[last - 1], '\n');
	control_conn_free(c);
	(void)close(fd);
}

/* Else the loop would turn as fast as it can until the client reads. */
static void
who_does_not_read_is_waited_for_without_a_deadline(void **state)
{
	struct fixture *f = *state;
	bool quit = false;
	int fd;
	struct control_conn *c = pair_up(&fd);

	for (int i = 0; i < 5000; i++)
		journal_record(&f->w.journal, fixture_ask(f, "GET", "/a", NULL), i);
	say(fd, "wait-code 0\njournal\n");
	assert_true(control_conn_step(c, &f->w, &quit));
	assert_int_equal(control_conn_events(c), POLLOUT);
	assert_int_equal(control_conn_deadline(c), INT64_MAX);
	control_conn_free(c);
	(void)close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(answers_each_line, fixture_reset),
		cmocka_unit_test_setup(a_wait_is_answered_when_it_is_over, fixture_reset),
		cmocka_unit_test_setup(an_endless_line_ends_the_connection, fixture_reset),
		cmocka_unit_test_setup(a_long_journal_is_told_to_its_end, fixture_reset),
		cmocka_unit_test_setup(
		    who_does_not_read_is_waited_for_without_a_deadline, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
