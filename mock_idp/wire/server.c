/* The listeners and the one loop. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/fdio.h"
#include "mock_idp/route.h"
#include "mock_idp/script/play.h"
#include "mock_idp/wire/evil.h"
#include "mock_idp/wire/server.h"
#include "mock_idp/wire/tlsctx.h"

#define BACKLOG 64       /* of the control socket */
#define ACCEPTS_MAX 64   /* at one listener before others have their turn */
#define REST_MS 100      /* when there are no descriptors, or no places, for another */
#define DESCRIPTORS 2048 /* for all connections, and some */
#define LEASH (2 + LISTENER_KINDS)
#define FIXED (LEASH + 1)
#define NFDS (FIXED + SERVER_CTLS + CONNS_MAX)

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

/* The usual soft limit is the number of connections alone; what cannot be had is lived without. */
static void
raise_limit(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur >= DESCRIPTORS)
		return;
	r.rlim_cur = r.rlim_max < DESCRIPTORS ? r.rlim_max : DESCRIPTORS;
	(void)setrlimit(RLIMIT_NOFILE, &r);
}

/* The issuer's port is asked for, the others take what is free. */
static enum errcode
listen_all(struct server *s, const struct address *at, struct err *e)
{
	struct address any = *at;
	enum errcode r = E_OK;

	address_set_port(&any, 0);
	for (int i = 0; i < LISTENER_KINDS && r == E_OK; i++)
		r = listener_open(
		    &s->listeners[i], (enum listener_kind)i, i == LISTENER_ISSUER ? at : &any, e);
	return r;
}

enum errcode
server_open(struct server *s, struct certs *certs, const struct address *at, const char *control,
    struct err *e)
{
	enum errcode r;

	memset(s, 0, sizeof(*s));
	s->control = s->sig = s->leash = -1;
	for (int i = 0; i < LISTENER_KINDS; i++)
		s->listeners[i].fd = -1;
	s->certs = certs;
	raise_limit();
	if ((s->ctx = tlsctx_new(certs, NULL)) == NULL)
		r = err_set(e, E_TLS, NULL, "cannot set up TLS");
	else if ((r = listen_all(s, at, e)) == E_OK && (r = listen_control(s, control, e)) == E_OK)
		r = take_signals(s, e);
	if (r != E_OK)
		server_close(s);
	return r;
}

void
server_close(struct server *s)
{
	conns_clear(&s->conns);
	for (size_t i = 0; i < SERVER_CTLS; i++)
		control_conn_free(s->ctls[i]);
	memset(s->ctls, 0, sizeof(s->ctls));
	for (int i = 0; i < LISTENER_KINDS; i++)
		listener_close(&s->listeners[i]);
	fdio_close(&s->control);
	fdio_close(&s->sig);
	SSL_CTX_free(s->ctx);
	s->ctx = NULL;
}

void
server_tell(const struct server *s, struct world *w)
{
	const struct listener *l = s->listeners;

	world_set_origin(w, l[LISTENER_ISSUER].origin);
	(void)snprintf(w->origin2, sizeof(w->origin2), "%s", l[LISTENER_ORIGIN2].origin);
	(void)snprintf(w->evil_http, sizeof(w->evil_http), "%s", l[LISTENER_EVIL_HTTP].origin);
	(void)snprintf(w->evil_https, sizeof(w->evil_https), "%s", l[LISTENER_EVIL_HTTPS].origin);
}

static void
answer(struct world *w, struct exchange *x, int bad)
{
	if (bad == 0)
		route(w, x);
	else
		route_bad(w, x, bad);
}

/* A connection with what a rule wants it to meet. */
static struct conn *
meet(struct server *s, struct world *w, const struct listener *l, int fd, struct exchange *x)
{
	struct conn_setup how = { .from = l,
		.answer = listener_is_evil(l->kind) ? evil_answer : answer,
		.ctx = s->ctx,
		.id = x->conn };
	SSL_CTX *ctx = NULL;
	struct conn *c;

	if (!listener_is_evil(l->kind))
		play_connect(w, x);
	how.fault = x->fault;
	if (x->tls != NULL && (ctx = tlsctx_new(s->certs, x->tls)) == NULL) {
		fdio_close(&fd);
		return NULL;
	}
	if (ctx != NULL)
		how.ctx = ctx;
	c = conn_new(&how, fd, x->arrived);
	/* the connection holds what it needs of it */
	SSL_CTX_free(ctx);
	return c;
}

static void
welcome(struct server *s, struct world *w, const struct listener *l, int fd)
{
	struct exchange x;

	if (!msg_init(&x)) {
		fdio_close(&fd);
		return;
	}
	x.conn = ++s->nconns;
	x.listener = listener_name(l->kind);
	x.origin = l->origin;
	x.arrived = clock_boot_ms(&w->clock);
	x.arrived_us = world_us(w);
	/* whoever is there has come, whatever becomes of it */
	if (listener_is_evil(l->kind))
		evil_contact(w, &x);
	conns_add(&s->conns, meet(s, w, l, fd, &x));
	msg_clear(&x);
}

static void
accept_conns(struct server *s, struct world *w, const struct listener *l)
{
	for (int i = 0; i < ACCEPTS_MAX; i++) {
		bool room = conns_has_room(&s->conns);
		int fd = room ? listener_accept(l) : -1;

		/* nobody has to go before somebody has come */
		if (fd >= 0 && conns_make_room(&s->conns))
			welcome(s, w, l, fd);
		else if (fd >= 0)
			fdio_close(&fd);
		else if (!room || (errno != ECONNABORTED && errno != EINTR)) {
			/* poll(2) would report the same client again at once */
			if (!room || errno != EAGAIN)
				s->rest = clock_boot_ms(&w->clock) + REST_MS;
			return;
		}
	}
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
accept_ctl(struct server *s, const struct world *w)
{
	long at = free_ctl(s);
	int fd;

	if (at < 0)
		return;
	if ((fd = accept4(s->control, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
		s->ctls[at] = control_conn_new(fd);
	else if (errno != EAGAIN && errno != ECONNABORTED && errno != EINTR)
		s->rest = clock_boot_ms(&w->clock) + REST_MS;
}

/* The control connections there are, in order; *n: how many. */
static int64_t
poll_ctls(const struct server *s, struct pollfd *p, size_t *n)
{
	int64_t next = INT64_MAX;

	*n = 0;
	for (size_t i = 0; i < SERVER_CTLS; i++) {
		const struct control_conn *c = s->ctls[i];

		if (c == NULL)
			continue;
		p[(*n)++] =
		    (struct pollfd){ .fd = control_conn_fd(c), .events = control_conn_events(c) };
		if (control_conn_deadline(c) < next)
			next = control_conn_deadline(c);
	}
	return next;
}

/* Signals, the listeners, connections, control connections: who waits for what, and until when.
 * No more entries than descriptors, or poll(2) refuses. */
static int64_t
fill_fds(const struct server *s, const struct world *w, struct pollfd *p, size_t *n)
{
	bool resting = clock_boot_ms(&w->clock) < s->rest;
	int64_t next = resting ? s->rest : INT64_MAX, conns, ctls;
	size_t nctls;

	p[0] = (struct pollfd){ .fd = s->sig, .events = POLLIN };
	p[1] =
	    (struct pollfd){ .fd = resting || free_ctl(s) < 0 ? -1 : s->control, .events = POLLIN };
	for (int i = 0; i < LISTENER_KINDS; i++)
		p[2 + i] =
		    (struct pollfd){ .fd = resting ? -1 : s->listeners[i].fd, .events = POLLIN };
	p[LEASH] = (struct pollfd){ .fd = s->leash, .events = POLLIN };
	conns = conns_poll(&s->conns, p + FIXED);
	ctls = poll_ctls(s, p + FIXED + s->conns.n, &nctls);
	*n = FIXED + s->conns.n + nctls;
	next = conns < next ? conns : next;
	return ctls < next ? ctls : next;
}

/* Waits look at what the connections just did, so all are stepped; one whose other end hung up
 * while it waited is over. */
static void
step_ctls(struct server *s, struct world *w, const struct pollfd *p)
{
	for (size_t i = 0; i < SERVER_CTLS; i++) {
		struct control_conn *c = s->ctls[i];

		if (c == NULL)
			continue;
		if ((p->events == 0 && (p->revents & (POLLHUP | POLLERR)) != 0) ||
		    !control_conn_step(c, w, &s->quit)) {
			control_conn_free(c);
			s->ctls[i] = NULL;
		}
		p++;
	}
}

/* What somebody writes there says nothing; that nobody can write there any more says it all. */
static bool
leash_ends(int fd)
{
	char junk[256];
	ssize_t n = read(fd, junk, sizeof(junk));

	return n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
}

static void
turn(struct server *s, struct world *w, const struct pollfd *p, size_t nconns)
{
	conns_step(&s->conns, w, p + FIXED, nconns);
	step_ctls(s, w, p + FIXED + nconns);
	for (int i = 0; i < LISTENER_KINDS; i++)
		if ((p[2 + i].revents & POLLIN) != 0)
			accept_conns(s, w, &s->listeners[i]);
	if ((p[1].revents & POLLIN) != 0)
		accept_ctl(s, w);
	s->quit = s->quit || p[0].revents != 0 || (p[LEASH].revents != 0 && leash_ends(s->leash));
}

enum errcode
server_run(struct server *s, struct world *w, struct err *e)
{
	struct pollfd p[NFDS];

	while (!s->quit) {
		size_t nconns = s->conns.n, n;
		int64_t next = fill_fds(s, w, p, &n);
		int ms = next == INT64_MAX ? -1 : clock_left(&w->clock, next);

		if (poll(p, n, ms) < 0) {
			if (errno == EINTR)
				continue;
			return err_set(e, E_SYS, NULL, "poll: %s", strerror(errno));
		}
		turn(s, w, p, nconns);
	}
	return E_OK;
}
