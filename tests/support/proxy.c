/* An HTTP proxy that knows CONNECT alone. RFC 9110 section 9.3.6. */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD_MAX 4096

static const char usage[] =
    "usage: proxy\n"
    "Prints its port of 127.0.0.1, and a line to standard error for each request: its first.\n";

static _Noreturn void
die(const char *what)
{
	perror(what);
	exit(1);
}

static int
listen_somewhere(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	socklen_t len = sizeof(a);

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) != 0 || listen(fd, 16) != 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &len) != 0)
		die("listen");
	(void)printf("%u\n", ntohs(a.sin_port));
	(void)fflush(stdout);
	return fd;
}

/* The request's head, byte by byte: what follows it is for the other end. */
static int
read_head(int fd, char head[HEAD_MAX])
{
	size_t n = 0;

	while (n < HEAD_MAX - 1 && read(fd, head + n, 1) == 1) {
		head[++n] = '\0';
		if (n >= 4 && memcmp(head + n - 4, "\r\n\r\n", 4) == 0)
			return 1;
	}
	return 0;
}

/* "CONNECT ADDRESS:PORT HTTP/1.1", IPv4; -1: not that, or nobody there. */
static int
connect_to(const char *head)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	char host[64];
	unsigned port;
	int fd;

	if (sscanf(head, "CONNECT %63[0-9.]:%u HTTP/1.1", host, &port) != 2 ||
	    inet_pton(AF_INET, host, &a.sin_addr) != 1)
		return -1;
	a.sin_port = htons((uint16_t)port);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0 ? fd : -1;
}

static int
pass(int from, int to)
{
	char bytes[8192];
	ssize_t n = read(from, bytes, sizeof(bytes));

	return n > 0 && write(to, bytes, (size_t)n) == n;
}

static void
serve(int fd)
{
	static const char yes[] = "HTTP/1.1 200 Connection established\r\n\r\n",
	                  no[] = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
	struct pollfd p[2] = { { .fd = fd, .events = POLLIN }, { .events = POLLIN } };
	char head[HEAD_MAX];

	if (!read_head(fd, head))
		return;
	(void)fprintf(stderr, "%.*s\n", (int)strcspn(head, "\r"), head);
	if ((p[1].fd = connect_to(head)) < 0) {
		(void)!write(fd, no, strlen(no));
		return;
	}
	if (write(fd, yes, strlen(yes)) < 0)
		return;
	while (poll(p, 2, -1) > 0)
		for (int i = 0; i < 2; i++)
			if (p[i].revents != 0 && !pass(p[i].fd, p[1 - i].fd))
				return;
}

int
main(int argc, char *argv[])
{
	int fd, got;

	(void)argv;
	if (argc != 1) {
		(void)fputs(usage, stderr);
		return 2;
	}
	(void)signal(SIGCHLD, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	fd = listen_somewhere();
	for (;;) {
		if ((got = accept(fd, NULL, NULL)) < 0)
			continue;
		if (fork() == 0) {
			serve(got);
			_exit(0);
		}
		(void)close(got);
	}
}
