/* The sockets that wait for clients. */
#include "config.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>

#include "common/fdio.h"
#include "mock_idp/wire/listener.h"

static const struct {
	const char *name;
	bool evil, tls;
} kinds[LISTENER_KINDS] = {
	[LISTENER_ISSUER] = { "issuer", false, true },
	[LISTENER_ORIGIN2] = { "origin2", false, true },
	[LISTENER_EVIL_HTTP] = { "evil_http", true, false },
	[LISTENER_EVIL_HTTPS] = { "evil_https", true, true },
};

const char *
listener_name(enum listener_kind kind)
{
	return kinds[kind].name;
}

bool
listener_is_evil(enum listener_kind kind)
{
	return kinds[kind].evil;
}

bool
listener_has_tls(enum listener_kind kind)
{
	return kinds[kind].tls;
}

enum errcode
listener_open(struct listener *l, enum listener_kind kind, const struct address *at, struct err *e)
{
	struct sockaddr *sa = (struct sockaddr *)&l->at.sa;
	int one = 1;

	*l = (struct listener){ .kind = kind, .at = *at };
	l->fd = socket(sa->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	/* hundreds may come at once, and a SYN that is lost costs a second */
	if (l->fd < 0 || setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) != 0 ||
	    bind(l->fd, sa, l->at.len) != 0 || listen(l->fd, SOMAXCONN) != 0 ||
	    getsockname(l->fd, sa, &l->at.len) != 0) {
		(void)err_set(e, E_NET, NULL, "cannot listen on %s port %u: %s", at->bare,
		    (unsigned)address_port(at), strerror(errno));
		listener_close(l);
		return E_NET;
	}
	(void)snprintf(l->origin, sizeof(l->origin), "%s://%s:%u",
	    kinds[kind].tls ? "https" : "http", l->at.host, (unsigned)address_port(&l->at));
	return E_OK;
}

void
listener_close(struct listener *l)
{
	fdio_close(&l->fd);
}

int
listener_accept(const struct listener *l)
{
	int one = 1, fd = accept4(l->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd >= 0)
		(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return fd;
}
