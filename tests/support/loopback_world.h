/* A loopback redirect, and a child that is whoever connects. */
#ifndef TESTS_SUPPORT_LOOPBACK_WORLD_H
#define TESTS_SUPPORT_LOOPBACK_WORLD_H

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/fdio.h"
#include "common/redirect.h"
#include "helper/worker/loopback.h"
#include "tests/support/unit.h"

#define STATE "Kq3v-state_0123456789"

static const struct loopback_wanted wanted = { STATE, "https://idp.example", false };

struct world {
	struct loopback *l;
	struct redirect at; /* where it listens */
	struct channel c;
	int monitor; /* its end of [B] */
	pid_t other; /* who connects */
	char code[CALLBACK_CODE_MAX + 1];
	struct err e;
};

static void
open_at(struct world *x, const char *uri)
{
	loopback_close(x->l);
	x->l = NULL;
	assert_int_equal(loopback_open(&x->l, uri, &x->e), E_OK);
	assert_int_equal(redirect_parse(loopback_uri(x->l), &x->at, NULL), E_OK);
	assert_true(x->at.port > 0);
}

static int
set_up(void **state)
{
	static struct world x;
	int fd[2];

	memset(&x, 0, sizeof(x));
	*state = &x;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0);
	x.c = (struct channel){ .fd = fd[0], .clock = &clock_system };
	x.monitor = fd[1];
	x.other = -1;
	open_at(&x, "http://127.0.0.1/callback");
	return 0;
}

static int
tear_down(void **state)
{
	struct world *x = *state;

	loopback_close(x->l);
	fdio_close(&x->c.fd);
	fdio_close(&x->monitor);
	if (x->other > 0) {
		(void)kill(x->other, SIGKILL);
		(void)waitpid(x->other, NULL, 0);
	}
	return 0;
}

/* A connection; -1 when it is refused. */
static int
dial(int family, const char *address, uint16_t port)
{
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0), r;

	if (family == AF_INET) {
		(void)inet_pton(AF_INET, address, &four.sin_addr);
		r = connect(fd, (struct sockaddr *)&four, sizeof(four));
	} else {
		(void)inet_pton(AF_INET6, address, &six.sin6_addr);
		r = connect(fd, (struct sockaddr *)&six, sizeof(six));
	}
	if (r != 0)
		fdio_close(&fd);
	return fd;
}

static int
dial_it(const struct world *x)
{
	return x->at.host == REDIRECT_V6 ? dial(AF_INET6, "::1", x->at.port)
	                                 : dial(AF_INET, "127.0.0.1", x->at.port);
}

static bool
send_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, text, len, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		text += n;
		len -= (size_t)n;
	}
	return true;
}

/* The status of the answer, which ends with the connection; 0: none came. */
static int
status_from(int fd)
{
	char text[8192];
	size_t at = 0;
	ssize_t n;
	int status = 0;

	while (at < sizeof(text) - 1 && (n = read(fd, text + at, sizeof(text) - 1 - at)) > 0)
		at += (size_t)n;
	text[at] = '\0';
	(void)close(fd);
	return n == 0 && sscanf(text, "HTTP/1.1 %d ", &status) == 1 ? status : 0;
}

static char *
request(const struct world *x, const char *query)
{
	static char text[1024];
	char authority[REDIRECT_AUTHORITY_SIZE];

	redirect_authority(&x->at, authority);
	(void)snprintf(text, sizeof(text), "GET %s?%s HTTP/1.1\r\nHost: %s\r\n\r\n", x->at.path,
	    query, authority);
	return text;
}

static int
ask(const struct world *x, const char *query)
{
	int fd = dial_it(x);
	char *text = request(x, query);

	return fd >= 0 && send_all(fd, text, strlen(text)) ? status_from(fd) : 0;
}

static bool
is_refused(const struct world *x)
{
	int fd = dial_it(x), why = errno;

	fdio_close(&fd);
	return fd < 0 && why == ECONNREFUSED;
}

#define GOOD "code=c1&state=" STATE

/* Does something in a child, which has no part in the listener. */
static void
let(struct world *x, bool (*act)(const struct world *))
{
	if ((x->other = fork()) != 0)
		return;
	loopback_close(x->l);
	_exit(act(x) ? 0 : 1);
}

/* Runs act in a child, waits for an answer for so long, and demands that act said true. */
static enum errcode
during(struct world *x, bool (*act)(const struct world *), int64_t ms)
{
	enum errcode r;
	int status;

	let(x, act);
	x->e = (struct err){ .code = E_OK };
	x->code[0] = '\0';
	r = loopback_wait(x->l, &wanted, &x->c, clock_boot_ms(&clock_system) + ms, x->code, &x->e);
	assert_int_equal(waitpid(x->other, &status, 0), x->other);
	x->other = -1;
	assert_int_equal(status, 0);
	assert_int_equal(x->e.code, r);
	return r;
}

static void
gives_the_code(struct world *x, bool (*act)(const struct world *))
{
	assert_int_equal(during(x, act, 9000), E_OK);
	assert_string_equal(x->code, "c1");
}

static void
fails(struct world *x, bool (*act)(const struct world *), int64_t ms, enum errcode code,
    const char *reason)
{
	assert_int_equal(during(x, act, ms), code);
	assert_string_equal(x->e.reason, reason);
	assert_string_equal(x->code, "");
}

static bool
good(const struct world *x)
{
	return ask(x, GOOD) == 200;
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
