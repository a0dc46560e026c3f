/* The listeners and the loop. */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mock_idp/wire/tlsctx.h"
#include "mock_idp/wire/server.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

struct place {
	struct certs certs;
	SSL_CTX *ctx;
	char dir[32], path[64];
};

static void
set_up(struct place *p)
{
	(void)snprintf(p->dir, sizeof(p->dir), "/tmp/test_server.XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	(void)snprintf(p->path, sizeof(p->path), "%s/s", p->dir);
	assert_int_equal(certs_make(&p->certs, "127.0.0.1", NULL, 1800000000, NULL), E_OK);
	assert_non_null(p->ctx = tlsctx_new(&p->certs, NULL));
}

static void
take_down(struct place *p)
{
	(void)unlink(p->path);
	assert_int_equal(rmdir(p->dir), 0);
	SSL_CTX_free(p->ctx);
	certs_clear(&p->certs);
}

static void
listens_on_loopback_and_on_a_private_socket(void **state)
{
	struct place p;
	struct server s;
	struct sockaddr_in a;
	socklen_t len = sizeof(a);
	struct stat st;

	(void)state;
	set_up(&p);
	assert_int_equal(server_open(&s, p.ctx, 0, p.path, NULL), E_OK);
	assert_int_equal(getsockname(s.tls, (struct sockaddr *)&a, &len), 0);
	assert_int_equal(a.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
	assert_int_equal(ntohs(a.sin_port), s.port);
	assert_int_not_equal(s.port, 0);
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
	assert_int_equal(server_open(&s, p.ctx, 0, p.path, NULL), E_OK);
	(void)snprintf(other, sizeof(other), "%s2", p.path);
	assert_int_equal(server_open(&t, p.ctx, s.port, other, &e), E_NET);
	assert_non_null(strstr(e.text, "cannot listen on 127.0.0.1"));
	server_close(&s);
	take_down(&p);
}

/* A client in a child: more connections than the server takes, and then the control socket. */
static void
crowd(const struct server *s, const struct place *p)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(s->port) };
	struct sockaddr_un u = { .sun_family = AF_UNIX };
	char line[64];
	int fd;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	for (int i = 0; i < SERVER_CONNS + 8; i++) {
		fd = socket(AF_INET, SOCK_STREAM, 0);
		if (connect(fd, (struct sockaddr *)&a, sizeof(a)) != 0 || write(fd, "x", 1) != 1)
			_exit(2);
	}
	memcpy(u.sun_path, p->path, strlen(p->path));
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (connect(fd, (struct sockaddr *)&u, sizeof(u)) != 0 || write(fd, "quit\n", 5) != 5)
		_exit(3);
	_exit(read(fd, line, sizeof(line)) == 12 ? 0 : 4);
}

static void
a_crowd_of_connections_does_not_keep_control_out(void **state)
{
	struct fixture *f = *state;
	struct place p;
	struct server s;
	int status;
	pid_t pid;

	set_up(&p);
	f->w.clock = clock_system;
	assert_int_equal(server_open(&s, p.ctx, 0, p.path, NULL), E_OK);
	assert_true((pid = fork()) >= 0);
	if (pid == 0)
		crowd(&s, &p);
	assert_int_equal(server_run(&s, &f->w, NULL), E_OK);
	server_close(&s);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	take_down(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(listens_on_loopback_and_on_a_private_socket, fixture_reset),
		cmocka_unit_test_setup(a_port_in_use_is_an_error, fixture_reset),
		cmocka_unit_test_setup(
		    a_crowd_of_connections_does_not_keep_control_out, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
