/* The listeners and the one loop. */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "common/fdio.h"
#include "mock_idp/wire/server.h"

#define BACKLOG 64
#define NFDS (3 + SERVER_CONNS + SERVER_CTLS)

static enum errcode
listen_tls(struct server *s, uint16_t port, struct err *e)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
	socklen_t len = sizeof(a);
	int one = 1;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->tls = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->tls < 0 || setsockopt(s->tls, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) != 0 ||
	    bind(s->tls, (struct sockaddr *)&a, sizeof(a)) != 0 || listen(s->tls, BACKLOG) != 0 ||
	    getsockname(s->tls, (struct sockaddr *)&a, &len) != 0)
		return err_set(e, E_NET, NULL, "cannot listen on 127.0.0.1 port %u: %s",
		    (unsigned)port, strerror(errno));
	s->port = ntohs(a.sin_port);
	return E_OK;
}

static enum errcode
listen_control(struct server *s, const char *path, struct err *e)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	mode_t old;
	int bound;

	if (strlen(path) >= sizeof(a.sun_path))
		return err_set(e, E_CFG, NULL, "%s is too long for a socket", path);
	memcpy(a.sun_path, path, strlen(path));
	s->control = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	old = umask(0177);
	bound = s->control < 0 ? -1 : bind(s->control, (struct sockaddr *)&a, sizeof(a));
	(void)umask(old);
	if (bound != 0 || listen(s->control, BACKLOG) != 0)
		return err_set(e, E_NET, NULL, "cannot listen on %s: %s", path, strerror(errno));
	return E_OK;
}

static enum errcode
take_signals(struct server *s, struct err *e)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0 || signal(SIGPIPE, SIG_IGN) == SIG_ERR ||
	    (s->sig = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)) < 0)
		return err_set(e, E_SYS, NULL, "cannot take signals: %s", strerror(errno));
	return E_OK;
}

enum errcode
server_open(struct server *s, SSL_CTX *ctx, uint16_t port, const char *control, struct err *e)
{
	enum errcode r;

	memset(s, 0, sizeof(*s));
	s->tls = s->control = s->sig = -1;
	s->ctx = ctx;
	if ((r = listen_tls(s, port, e)) == E_OK && (r = listen_control(s, control, e)) == E_OK)
		r = take_signals(s, e);
	if (r != E_OK)
		server_close(s);
	return r;
}

void
server_close(struct server *s)
{
	for (size_t i = 0; i < SERVER_CONNS; i++)
		conn_free(s->conns[i]);
	for (size_t i = 0; i < SERVER_CTLS; i++)
		control_conn_free(s->ctls[i]);
	memset(s->conns, 0, sizeof(s->conns));
	memset(s->ctls, 0, sizeof(s->ctls));
	fdio_close(&s->tls);
	fdio_close(&s->control);
	fdio_close(&s->sig);
}

static long
free_conn(const struct server *s)
{
	for (long i = 0; i < SERVER_CONNS; i++)
		if (s->conns[i] == NULL)
			return i;
	return -1;
}

static long
free_ctl(const struct server *s)
{
	for (long i = 0; i < SERVER_CTLS; i++)
		if (s->ctls[i] == NULL)
			return i;
	return -1;
}

static void
accept_conn(struct server *s, const struct world *w)
{
	long at = free_conn(s);
	int one = 1, fd;

	if (at < 0 || (fd = accept4(s->tls, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) < 0)
		return;
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	s->conns[at] = conn_new(s->ctx, fd, ++s->nconns, clock_boot_ms(&w->clock));
}

static void
accept_ctl(struct server *s)
{
	long at = free_ctl(s);
	int fd;

	if (at >= 0 && (fd = accept4(s->control, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
		s->ctls[at] = control_conn_new(fd);
}

/* Who waits for what, and until when. A full house lets new guests wait in the backlog. */
static int64_t
fill_fds(const struct server *s, struct pollfd *p)
{
	int64_t next = INT64_MAX;

	p[0] = (struct pollfd){ .fd = s->sig, .events = POLLIN };
	p[1] = (struct pollfd){ .fd = free_conn(s) < 0 ? -1 : s->tls, .events = POLLIN };
	p[2] = (struct pollfd){ .fd = free_ctl(s) < 0 ? -1 : s->control, .events = POLLIN };
	for (size_t i = 0; i < NFDS - 3; i++) {
		struct pollfd one = { .fd = -1 };
		int64_t deadline = INT64_MAX;

		if (i < SERVER_CONNS && s->conns[i] != NULL) {
			one.fd = conn_fd(s->conns[i]);
			one.events = conn_events(s->conns[i]);
			deadline = conn_deadline(s->conns[i]);
		} else if (i >= SERVER_CONNS && s->ctls[i - SERVER_CONNS] != NULL) {
			one.fd = control_conn_fd(s->ctls[i - SERVER_CONNS]);
			one.events = control_conn_events(s->ctls[i - SERVER_CONNS]);
			deadline = control_conn_deadline(s->ctls[i - SERVER_CONNS]);
		}
		p[3 + i] = one;
		if (deadline < next)
			next = deadline;
	}
	return next;
}

static void
step_conns(struct server *s, struct world *w, const struct pollfd *p)
{
	int64_t now = clock_boot_ms(&w->clock);

	for (size_t i = 0; i < SERVER_CONNS; i++) {
		struct conn *c = s->conns[i];

		if (c != NULL && (p[i].revents != 0 || now >= conn_deadline(c)) &&
		    !conn_step(c, w)) {
			conn_free(c);
			s->conns[i] = NULL;
		}
	}
}

/* Waits look at what the connections just did, so all are stepped; one whose other end hung up
 * while it waited is over. */
static void
step_ctls(struct server *s, struct world *w, const struct pollfd *p)
{
	for (size_t i = 0; i < SERVER_CTLS; i++) {
		struct control_conn *c = s->ctls[i];

		if (c != NULL &&
		    ((p[i].events == 0 && (p[i].revents & (POLLHUP | POLLERR)) != 0) ||
		        !control_conn_step(c, w, &s->quit))) {
			control_conn_free(c);
			s->ctls[i] = NULL;
		}
	}
}

enum errcode
server_run(struct server *s, struct world *w, struct err *e)
{
	struct pollfd p[NFDS];

	while (!s->quit) {
		int64_t next = fill_fds(s, p);
		int ms = next == INT64_MAX ? -1 : clock_left(&w->clock, next);

		if (poll(p, NFDS, ms) < 0) {
			if (errno == EINTR)
				continue;
			return err_set(e, E_SYS, NULL, "poll: %s", strerror(errno));
		}
		step_conns(s, w, p + 3);
		step_ctls(s, w, p + 3 + SERVER_CONNS);
		if ((p[1].revents & POLLIN) != 0)
			accept_conn(s, w);
		if ((p[2].revents & POLLIN) != 0)
			accept_ctl(s);
		s->quit = s->quit || p[0].revents != 0;
	}
	return E_OK;
}
