/* A loopback redirect's listener as a test wants it: keeps what it got, answers what it was told.
 */
#include "config.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNS_MAX 900
#define REQUEST_MAX (4 * 1024 * 1024)

static const char usage[] =
    "usage: listener DIR STATUS ...\n"
    "Listens on a free port of 127.0.0.1, which it prints. The bytes of its first connection go "
    "to\n"
    "DIR/1, those of the second to DIR/2, ... Each request is answered with the next STATUS;\n"
    "\"close\" is no answer. After the last one the port is closed, and all connections.\n";

struct conn {
	int fd;  /* -1: over */
	int log; /* what came, whole */
	char *in;
	size_t len;
};

struct listener {
	const char *dir;
	int fd;
	struct conn conns[CONNS_MAX];
	size_t n;
};

static _Noreturn void
die(const char *what)
{
	perror(what);
	exit(1);
}

static int
say_port(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	socklen_t len = sizeof(a);

	if (fd < 0 || bind(fd, (const struct sockaddr *)&a, sizeof(a)) != 0 ||
	    listen(fd, CONNS_MAX) != 0 || getsockname(fd, (struct sockaddr *)&a, &len) != 0)
		die("socket");
	(void)printf("%u\n", ntohs(a.sin_port));
	if (fflush(stdout) != 0)
		die("stdout");
	return fd;
}

static void
take_connection(struct listener *l)
{
	struct conn *c = &l->conns[l->n];
	char path[4096];

	if (l->n == CONNS_MAX || (c->fd = accept4(l->fd, NULL, NULL, SOCK_CLOEXEC)) < 0)
		die("accept");
	(void)snprintf(path, sizeof(path), "%s/%zu", l->dir, ++l->n);
	c->log = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (c->log < 0)
		die(path);
}

/* The head with its end, and as much body as it announces. */
static bool
is_whole(const struct conn *c)
{
	const char *end = c->len == 0 ? NULL : memmem(c->in, c->len, "\r\n\r\n", 4), *length;
	size_t body = 0;

	if (end == NULL)
		return false;
	length = memmem(c->in, (size_t)(end - c->in) + 2, "\r\nContent-Length: ", 18);
	if (length != NULL)
		body = strtoul(length + 18, NULL, 10);
	return c->len - (size_t)(end + 4 - c->in) >= body;
}

/* Reads what is there; true when a request is whole. */
static bool
hear(struct conn *c)
{
	ssize_t n;

	if (c->in == NULL && (c->in = malloc(REQUEST_MAX + 1)) == NULL)
		die("malloc");
	n = read(c->fd, c->in + c->len, REQUEST_MAX - c->len);
	if (n <= 0) {
		(void)close(c->fd);
		c->fd = -1;
		return false;
	}
	if (write(c->log, c->in + c->len, (size_t)n) != n)
		die("write");
	c->len += (size_t)n;
	c->in[c->len] = '\0';
	return is_whole(c);
}

static void
answer(struct conn *c, const char *status)
{
	static const char page[] = "<p>You may close this window.</p>\n";
	bool head = strncmp(c->in, "HEAD ", 5) == 0;

	c->len = 0;
	if (strcmp(status, "close") == 0) {
		(void)close(c->fd);
		c->fd = -1;
		return;
	}
	(void)dprintf(c->fd,
	    "HTTP/1.1 %s As-told\r\nContent-Type: text/html\r\nCache-Control: no-store\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    status, sizeof(page) - 1, head ? "" : page);
}

/* Until somebody has a whole request. */
static struct conn *
wait_for_request(struct listener *l)
{
	static struct pollfd p[CONNS_MAX + 1];

	for (;;) {
		p[0] = (struct pollfd){ .fd = l->fd, .events = POLLIN };
		for (size_t i = 0; i < l->n; i++)
			p[i + 1] = (struct pollfd){ .fd = l->conns[i].fd, .events = POLLIN };
		if (poll(p, l->n + 1, -1) < 0)
			die("poll");
		/* all that knock are there before one is answered */
		if (p[0].revents != 0) {
			take_connection(l);
			continue;
		}
		for (size_t i = 0; i < l->n; i++)
			if (p[i + 1].revents != 0 && hear(&l->conns[i]))
				return &l->conns[i];
	}
}

int
main(int argc, char **argv)
{
	static struct listener l;

	if (argc < 3) {
		(void)fputs(usage, stderr);
		return 2;
	}
	l.dir = argv[1];
	l.fd = say_port();
	for (int i = 2; i < argc; i++)
		answer(wait_for_request(&l), argv[i]);
	(void)close(l.fd);
	return 0;
}
