/* The listeners and the loop. */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mock_idp/wire/server.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

struct place {
	struct certs certs;
	struct address at;
	char dir[32], path[64];
};

static void
set_up(struct place *p)
{
	(void)snprintf(p->dir, sizeof(p->dir), "/tmp/test_server.XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	(void)snprintf(p->path, sizeof(p->path), "%s/s", p->dir);
	assert_int_equal(
	    certs_make(&p->certs, "127.0.0.1", "localhost", NULL, 1800000000, NULL), E_OK);
	address_loopback(&p->at, 0);
}

static void
take_down(struct place *p)
{
	(void)unlink(p->path);
	assert_int_equal(rmdir(p->dir), 0);
	certs_clear(&p->certs);
}

static void
listens_on_loopback_and_on_a_private_socket(void **state)
{
	struct fixture *f = *state;
	struct place p;
	struct server s;
	struct stat st;

	set_up(&p);
	assert_int_equal(server_open(&s, &p.certs, &p.at, p.path, NULL), E_OK);
	for (int i = 0; i < LISTENER_KINDS; i++) {
		struct sockaddr_in a;
		socklen_t len = sizeof(a);

		assert_int_equal(getsockname(s.listeners[i].fd, (struct sockaddr *)&a, &len), 0);
		assert_int_equal(a.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
		assert_int_equal(ntohs(a.sin_port), address_port(&s.listeners[i].at));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(s.listeners[i].origin, s.listeners[k].origin);
	}
	server_tell(&s, &f->w);
	assert_string_equal(f->w.issuer, s.listeners[LISTENER_ISSUER].origin);
	assert_string_equal(f->w.origin2, s.listeners[LISTENER_ORIGIN2].origin);
	assert_int_equal(strncmp(f->w.evil_http, "http://127.0.0.1:", 17), 0);
	assert_int_equal(strncmp(f->w.evil_https, "https://127.0.0.1:", 18), 0);
	assert_int_equal(stat(p.path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	server_close(&s);
	take_down(&p);
}

static void
a_port_in_use_is_an_error(void **state)
{
	struct place p;
	struct server s, t;
	struct err e = { .code = E_OK };
	char other[80];

	(void)state;
	set_up(&p);
	assert_int_equal(server_open(&s, &p.certs, &p.at, p.path, NULL), E_OK);
	(void)snprintf(other, sizeof(other), "%s2", p.path);
	assert_int_equal(
	    server_open(&t, &p.certs, &s.listeners[LISTENER_ISSUER].at, other, &e), E_NET);
	assert_non_null(strstr(e.text, "cannot listen on 127.0.0.1"));
	server_close(&s);
	take_down(&p);
}

static void
the_limit_on_descriptors_is_raised_as_far_as_it_goes(void **state)
{
	const struct rlimit low = { .rlim_cur = 256, .rlim_max = 20000 };
	struct rlimit before, after;
	struct place p;
	struct server s;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	if (before.rlim_max < 20000)
		skip();
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	set_up(&p);
	assert_int_equal(server_open(&s, &p.certs, &p.at, p.path, NULL), E_OK);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &after), 0);
	assert_true(after.rlim_cur > CONNS_MAX + 100);
	server_close(&s);
	take_down(&p);
}

/* Connects, and says that word at once. */
static int
caller(const struct listener *l, const char *word)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (connect(fd, (const struct sockaddr *)&l->at.sa, l->at.len) != 0 ||
	    write(fd, word, strlen(word)) != (ssize_t)strlen(word))
		_exit(2);
	return fd;
}

/* The control socket answers, and the server quits. */
static void
quit(const struct place *p)
{
	struct sockaddr_un u = { .sun_family = AF_UNIX };
	char line[64];
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	memcpy(u.sun_path, p->path, strlen(p->path));
	if (connect(fd, (struct sockaddr *)&u, sizeof(u)) != 0 || write(fd, "quit\n", 5) != 5)
		_exit(3);
	_exit(read(fd, line, sizeof(line)) == 12 ? 0 : 4);
}

/* A client in a child: more connections than the server takes, and then the control socket. */
static void
crowd(const struct server *s, const struct place *p)
{
	/* they are silent, and so give way to those that come after them */
	for (int i = 0; i < CONNS_MAX + 50; i++)
		(void)caller(&s->listeners[LISTENER_ISSUER], "\x16");
	quit(p);
}

/* One that is answered, by each listener that needs no TLS for it; then the control socket. */
static void
visitor(const struct server *s, const struct place *p)
{
	char got[512];
	int fd = caller(&s->listeners[LISTENER_EVIL_HTTP], "GET http://x/ HTTP/1.1\r\n\r\n");

	if (read(fd, got, sizeof(got)) < 15 || memcmp(got, "HTTP/1.1 200 OK", 15) != 0)
		_exit(5);
	quit(p);
}

/* Runs a server and that client beside it. */
static void
run(struct fixture *f, void (*client)(const struct server *, const struct place *),
    rlim_t descriptors)
{
	struct rlimit before, low;
	struct place p;
	struct server s;
	int status;
	pid_t pid;

	set_up(&p);
	f->w.clock = clock_system;
	f->w.start = clock_boot_ms(&clock_system);
	assert_int_equal(server_open(&s, &p.certs, &p.at, p.path, NULL), E_OK);
	assert_true((pid = fork()) >= 0);
	if (pid == 0) {
		/* it holds the listeners, too: nobody would ever tell it that the server is gone */
		(void)alarm(30);
		client(&s, &p);
	}
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	low = before;
	if (descriptors != 0)
		low.rlim_cur = descriptors;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	assert_int_equal(server_run(&s, &f->w, NULL), E_OK);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	server_close(&s);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	take_down(&p);
}

static void
a_crowd_of_connections_does_not_keep_control_out(void **state)
{
	run(*state, crowd, 0);
}

static void
each_visit_where_nobody_should_be_is_written_down(void **state)
{
	struct fixture *f = *state;

	run(f, visitor, 0);
	/* that somebody came, and what it wanted */
	assert_int_equal(f->w.journal.n, 2);
}

/* Few more come than there are descriptors for, so that some are left for control in the end. */
static void
few(const struct server *s, const struct place *p)
{
	int fd[40];

	for (int i = 0; i < 40; i++)
		fd[i] = caller(&s->listeners[LISTENER_ISSUER], "\x16");
	(void)usleep(250000);
	for (int i = 0; i < 40; i++)
		(void)close(fd[i]);
	quit(p);
}

static void
without_descriptors_it_waits_instead_of_spinning(void **state)
{
	struct rusage before, after;
	long ms;

	assert_int_equal(getrusage(RUSAGE_SELF, &before), 0);
	run(*state, few, 30);
	assert_int_equal(getrusage(RUSAGE_SELF, &after), 0);
	ms = (after.ru_utime.tv_sec - before.ru_utime.tv_sec + after.ru_stime.tv_sec -
	         before.ru_stime.tv_sec) *
	        1000 +
	    (after.ru_utime.tv_usec - before.ru_utime.tv_usec + after.ru_stime.tv_usec -
	        before.ru_stime.tv_usec) /
	        1000;
	assert_in_range(ms, 0, 150);
}

/* Somebody who says something, and then is gone. */
static void
the_end_of_its_leash_is_its_end(void **state)
{
	struct fixture *f = *state;
	struct place p;
	struct server s;
	int leash[2], status;
	pid_t pid;

	set_up(&p);
	f->w.clock = clock_system;
	assert_int_equal(pipe(leash), 0);
	assert_int_equal(server_open(&s, &p.certs, &p.at, p.path, NULL), E_OK);
	assert_int_equal(s.leash, -1);
	s.leash = leash[0];
	assert_true((pid = fork()) >= 0);
	if (pid == 0) {
		(void)close(leash[0]);
		_exit(write(leash[1], "hello\n", 6) == 6 && usleep(100000) == 0 ? 0 : 1);
	}
	(void)close(leash[1]);
	assert_int_equal(server_run(&s, &f->w, NULL), E_OK);
	/* not by the words, but by the end: a writer that is still there would make this wait */
	assert_int_equal(fcntl(leash[0], F_SETFL, O_NONBLOCK), 0);
	assert_int_equal(read(leash[0], &status, 1), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	server_close(&s);
	(void)close(leash[0]);
	take_down(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    the_limit_on_descriptors_is_raised_as_far_as_it_goes, fixture_reset),
		cmocka_unit_test_setup(listens_on_loopback_and_on_a_private_socket, fixture_reset),
		cmocka_unit_test_setup(a_port_in_use_is_an_error, fixture_reset),
		cmocka_unit_test_setup(
		    a_crowd_of_connections_does_not_keep_control_out, fixture_reset),
		cmocka_unit_test_setup(
		    each_visit_where_nobody_should_be_is_written_down, fixture_reset),
		cmocka_unit_test_setup(
		    without_descriptors_it_waits_instead_of_spinning, fixture_reset),
		cmocka_unit_test_setup(the_end_of_its_leash_is_its_end, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
