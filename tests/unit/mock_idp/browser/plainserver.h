/* A listener on loopback without TLS that answers each connection once, from a child. */
#ifndef TESTS_UNIT_MOCK_IDP_BROWSER_PLAINSERVER_H
#define TESTS_UNIT_MOCK_IDP_BROWSER_PLAINSERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mock_idp/browser/loopurl.h"
#include "tests/support/unit.h"

#define PLAINSERVER_OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

struct plainserver {
	int listener, heard;
	pid_t pid;
	struct loopurl url; /* "/cb?code=c&state=s" */
};

/* One connection: what comes up to the end of a head goes to the pipe, a NUL as '?'. */
static inline void
plainserver_serve(int fd, int to, const char *answer)
{
	char in[8192];
	size_t len = 0;
	ssize_t n;

	in[0] = '\0';
	while (len < sizeof(in) - 1 && strstr(in, "\r\n\r\n") == NULL &&
	    (n = read(fd, in + len, sizeof(in) - 1 - len)) > 0) {
		for (size_t end = len + (size_t)n; len < end; len++)
			in[len] = in[len] == '\0' ? '?' : in[len];
		in[len] = '\0';
	}
	if (write(to, in, len) != (ssize_t)len ||
	    send(fd, answer, strlen(answer), MSG_NOSIGNAL) < 0)
		_exit(1);
	(void)close(fd);
}

/* The answers in their order, NULL behind the last; then the port is closed. "": none. */
static inline void
plainserver_start(struct plainserver *s, const char *const answers[])
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr = { .s_addr = htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof(a);
	char url[64];
	int p[2];

	assert_true((s->listener = socket(AF_INET, SOCK_STREAM, 0)) >= 0);
	assert_int_equal(bind(s->listener, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(s->listener, 16), 0);
	assert_int_equal(getsockname(s->listener, (struct sockaddr *)&a, &len), 0);
	assert_int_equal(pipe(p), 0);
	(void)snprintf(
	    url, sizeof(url), "http://127.0.0.1:%u/cb?code=c&state=s", ntohs(a.sin_port));
	assert_int_equal(loopurl_parse(url, &s->url, NULL), E_OK);
	assert_true((s->pid = fork()) >= 0);
	if (s->pid == 0) {
		(void)close(p[0]);
		for (size_t i = 0; answers[i] != NULL; i++)
			plainserver_serve(accept(s->listener, NULL, NULL), p[1], answers[i]);
		_exit(0);
	}
	(void)close(p[1]);
	(void)close(s->listener);
	s->heard = p[0];
}

/* What it heard, as a string, when it has given all its answers. */
static inline void
plainserver_stop(struct plainserver *s, char *heard, size_t size)
{
	size_t len = 0;
	ssize_t n;

	while (len < size - 1 && (n = read(s->heard, heard + len, size - 1 - len)) > 0)
		len += (size_t)n;
	heard[len] = '\0';
	assert_int_equal(waitpid(s->pid, NULL, 0), s->pid);
	(void)close(s->heard);
	loopurl_clear(&s->url);
}

#endif
