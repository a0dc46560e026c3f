/* A port that takes no connection and refuses none, as if a firewall dropped what comes. */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define STILL_MS 200

static const char usage[] = "usage: deafport ADDRESS PORT      prints \"deaf\" when it is\n";

union address {
	struct sockaddr sa;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static socklen_t
parse(union address *a, const char *text, const char *port)
{
	memset(a, 0, sizeof(*a));
	if (inet_pton(AF_INET, text, &a->four.sin_addr) == 1) {
		a->four.sin_family = AF_INET;
		a->four.sin_port = htons((uint16_t)atoi(port));
		return sizeof(a->four);
	}
	if (inet_pton(AF_INET6, text, &a->six.sin6_addr) != 1)
		return 0;
	a->six.sin6_family = AF_INET6;
	a->six.sin6_port = htons((uint16_t)atoi(port));
	return sizeof(a->six);
}

/* Connections that nobody accepts, until one more hangs: the queue is full, and SYNs are dropped.
 */
static int
fill(const union address *a, socklen_t len)
{
	for (int i = 0; i < 16; i++) {
		struct pollfd p = { .events = POLLOUT };

		p.fd = socket(a->sa.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (p.fd < 0 || (connect(p.fd, &a->sa, len) != 0 && errno != EINPROGRESS))
			return 0;
		if (poll(&p, 1, STILL_MS) == 0)
			return 1;
	}
	return 0;
}

int
main(int argc, char *argv[])
{
	union address a;
	socklen_t len = argc != 3 ? 0 : parse(&a, argv[1], argv[2]);
	int fd;

	if (len == 0) {
		(void)fputs(usage, stderr);
		return 2;
	}
	fd = socket(a.sa.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, &a.sa, len) != 0 || listen(fd, 0) != 0 || !fill(&a, len)) {
		perror("deafport");
		return 1;
	}
	(void)puts("deaf");
	(void)fflush(stdout);
	for (;;)
		(void)pause();
}
