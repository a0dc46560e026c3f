/* The loopback redirect. */
#include "config.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "common/fdio.h"
#include "common/redirect.h"
#include "helper/worker/loopback.h"
#include "helper/worker/visitor.h"

#define LISTENERS 2 /* 127.0.0.1 and [::1] for localhost */
#define BACKLOG 128
#define CLOSE_MS 500 /* for the browser to take its page, before the login goes on */
#define TRIES 16     /* for a port that is free at both addresses */

struct loopback {
	struct redirect at;
	char uri[REDIRECT_URI_SIZE], authority[REDIRECT_AUTHORITY_SIZE];
	int listener[LISTENERS]; /* -1: none */
	struct visitor visitor[LOOPBACK_VISITORS];
	uint64_t visits;
	unsigned junk;
	struct err foreign; /* the first answer without our state */
};

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static socklen_t
address_of(union address *a, bool six, uint16_t port)
{
	memset(a, 0, sizeof(*a));
	if (six) {
		a->six = (struct sockaddr_in6){ .sin6_family = AF_INET6,
			.sin6_port = htons(port),
			.sin6_addr = IN6ADDR_LOOPBACK_INIT };
		return sizeof(a->six);
	}
	a->four = (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	return sizeof(a->four);
}

/* The port that the kernel chose. */
static bool
learn_port(int fd, bool six, uint16_t *port)
{
	union address a = { .any = { .sa_family = AF_UNSPEC } };
	socklen_t len = sizeof(a);

	if (getsockname(fd, &a.any, &len) != 0)
		return false;
	*port = ntohs(six ? a.six.sin6_port : a.four.sin_port);
	return true;
}

/* A listener at *port, or at any when it is 0: then *port is set. errno on failure. */
static bool
listen_at(int *out, bool six, uint16_t *port)
{
	union address a;
	socklen_t len = address_of(&a, six, *port);
	int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;

	/* a configured port is free again while connections of the login before linger */
	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
	    bind(fd, &a.any, len) == 0 && listen(fd, BACKLOG) == 0 && learn_port(fd, six, port)) {
		*out = fd;
		return true;
	}
	fdio_close(&fd);
	return false;
}

/* Both addresses with one port; a host without IPv6 has nobody there to steal an answer. */
static bool
listen_at_both(struct loopback *l)
{
	uint16_t wanted = l->at.port;

	for (int i = 0; i < TRIES; i++) {
		l->at.port = wanted;
		if (!listen_at(&l->listener[0], false, &l->at.port))
			return false;
		if (listen_at(&l->listener[1], true, &l->at.port) || errno == EAFNOSUPPORT ||
		    errno == EADDRNOTAVAIL)
			return true;
		fdio_close(&l->listener[0]);
		if (wanted != 0)
			break;
	}
	return false;
}

static bool
start_listening(struct loopback *l)
{
	switch (l->at.host) {
	case REDIRECT_V4:
		return listen_at(&l->listener[0], false, &l->at.port);
	case REDIRECT_V6:
		return listen_at(&l->listener[0], true, &l->at.port);
	case REDIRECT_LOCALHOST:
		return listen_at_both(l);
	}
	return false;
}

enum errcode
loopback_open(struct loopback **out, const char *redirect, struct err *e)
{
	struct err why = { .code = E_OK };
	struct loopback *l = calloc(1, sizeof(*l));
	enum errcode r = E_OK;

	if (l == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a listener");
	l->listener[0] = l->listener[1] = -1;
	if (redirect_parse(redirect, &l->at, &why) != E_OK)
		r = err_set(e, E_CFG, "cfg.value", "redirect_uri %s", why.text);
	else if (!start_listening(l))
		r = err_set(e, E_SYS, "cb.port", "nobody can listen at %.64s: %s", redirect,
		    strerror(errno));
	if (r != E_OK) {
		loopback_close(l);
		return r;
	}
	redirect_uri(&l->at, l->uri);
	redirect_authority(&l->at, l->authority);
	*out = l;
	return E_OK;
}

static void
stop_listening(struct loopback *l)
{
	for (size_t i = 0; i < LISTENERS; i++)
		fdio_close(&l->listener[i]);
}

static void
drop_all(struct loopback *l)
{
	for (size_t i = 0; i < LOOPBACK_VISITORS; i++)
		visitor_drop(&l->visitor[i]);
}

void
loopback_close(struct loopback *l)
{
	if (l == NULL)
		return;
	stop_listening(l);
	drop_all(l);
	free(l);
}

const char *
loopback_uri(const struct loopback *l)
{
	return l->uri;
}

/* One wait. */
struct wait {
	struct loopback *l;
	const struct channel *c;
	struct callback_expect x;
	int64_t deadline;
	struct visitor *last; /* who brought the answer */
	enum errcode result;  /* of the answer */
	char *code;
	struct err *e;
};

/* What one visitor brought; false when that is the end. */
static bool
take_outcome(struct wait *w, struct visitor *v, enum callback_outcome o, const struct callback *c,
    const struct err *why)
{
	switch (o) {
	case CALLBACK_MORE:
		return true;
	case CALLBACK_FOREIGN:
		if (w->l->foreign.code == E_OK)
			w->l->foreign = *why;
		break;
	case CALLBACK_STRAY:
		break;
	case CALLBACK_CODE:
		memcpy(w->code, c->code, sizeof(c->code));
		w->last = v;
		w->result = E_OK;
		return false;
	case CALLBACK_REFUSED:
		w->last = v;
		w->result = err_set(w->e, why->code, why->reason, "%s", why->text);
		return false;
	}
	if (++w->l->junk <= LOOPBACK_JUNK)
		return true;
	w->result = err_set(w->e, E_CB, "cb.junk",
	    "more than %d requests came that were no answer to this login: what else on this "
	    "machine looks for open ports?",
	    LOOPBACK_JUNK);
	return false;
}

static bool
step(struct wait *w, struct visitor *v)
{
	struct callback c = { .status = 0 };
	struct err why = { .code = E_OK };
	enum callback_outcome o = visitor_step(v, &w->x, clock_boot_ms(w->c->clock), &c, &why);
	bool more = take_outcome(w, v, o, &c, &why);

	explicit_bzero(&c, sizeof(c));
	return more;
}

/* A free place, else that of who came first and has not said anything whole. */
static struct visitor *
find_place(struct loopback *l)
{
	struct visitor *oldest = &l->visitor[0];

	for (size_t i = 0; i < LOOPBACK_VISITORS; i++) {
		struct visitor *v = &l->visitor[i];

		if (v->state == VISITOR_NONE)
			return v;
		if (v->nth < oldest->nth)
			oldest = v;
	}
	visitor_drop(oldest);
	return oldest;
}

/*
 * Takes in who waits, and hears each at once: a browser speaks as it connects, so that no crowd
 * that says nothing takes its place. So many at a time that the others are not forgotten.
 */
static bool
accept_some(struct wait *w, int listener)
{
	for (int i = 0; i < LOOPBACK_VISITORS; i++) {
		struct visitor *v;
		int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0)
			return true;
		v = find_place(w->l);
		if (!visitor_open(v, fd, clock_boot_ms(w->c->clock)))
			continue;
		v->nth = ++w->l->visits;
		if (!step(w, v))
			return false;
	}
	return true;
}

/* Those whose time is over. */
static void
drop_late(struct loopback *l, int64_t now)
{
	for (size_t i = 0; i < LOOPBACK_VISITORS; i++)
		if (l->visitor[i].state != VISITOR_NONE && l->visitor[i].until <= now)
			visitor_drop(&l->visitor[i]);
}

enum { CHANNEL, FIRST_LISTENER, FIRST_VISITOR = FIRST_LISTENER + LISTENERS };
#define NFDS (FIRST_VISITOR + LOOPBACK_VISITORS)

/* Fills p; poll(2) passes over negative descriptors. Returns until when to wait at most. */
static int64_t
prepare(const struct wait *w, struct pollfd p[NFDS])
{
	int64_t until = w->deadline;

	p[CHANNEL] = (struct pollfd){ .fd = w->c->fd, .events = POLLIN };
	for (size_t i = 0; i < LISTENERS; i++)
		p[FIRST_LISTENER + i] =
		    (struct pollfd){ .fd = w->l->listener[i], .events = POLLIN };
	for (size_t i = 0; i < LOOPBACK_VISITORS; i++) {
		const struct visitor *v = &w->l->visitor[i];
		short events = visitor_events(v);

		p[FIRST_VISITOR + i] =
		    (struct pollfd){ .fd = events == 0 ? -1 : v->fd, .events = events };
		if (events != 0 && v->until < until)
			until = v->until;
	}
	return until;
}

/* Everybody who has something: those who are here before those who come. False: the end. */
static bool
serve(struct wait *w, const struct pollfd p[NFDS])
{
	for (size_t i = 0; i < LOOPBACK_VISITORS; i++)
		if (p[FIRST_VISITOR + i].revents != 0 && !step(w, &w->l->visitor[i]))
			return false;
	for (size_t i = 0; i < LISTENERS; i++)
		if (p[FIRST_LISTENER + i].revents != 0 && !accept_some(w, w->l->listener[i]))
			return false;
	return true;
}

static enum errcode
too_late(const struct wait *w)
{
	const struct err *f = &w->l->foreign;

	if (f->code != E_OK)
		return err_set(w->e, f->code, f->reason, "%s", f->text);
	return err_set(w->e, E_EXP, "cb.never",
	    "no answer came to the redirect address in time; errors of the provider about the "
	    "client or its redirect URI are shown in the browser alone");
}

static enum errcode
await_answer(struct wait *w)
{
	struct pollfd p[NFDS];

	for (;;) {
		int64_t until = prepare(w, p);
		enum errcode r = fdio_wait(p, NFDS, w->c->clock, until);

		if (r != E_OK && r != E_TIMEOUT)
			return err_set(w->e, r, NULL, "cannot wait: %s", strerror(errno));
		if (p[CHANNEL].revents != 0 && r == E_OK)
			return err_set(w->e, E_CLOSED, "b.gone", "the monitor hung up");
		if (r == E_OK && !serve(w, p))
			return w->result;
		if (clock_left(w->c->clock, w->deadline) == 0)
			return too_late(w);
		drop_late(w->l, clock_boot_ms(w->c->clock));
	}
}

/* The browser's page to its last byte, nobody else any more. It is no reason to fail or to wait
 * for long. */
static void
see_off(struct wait *w)
{
	int64_t end = clock_boot_ms(w->c->clock) + CLOSE_MS;
	struct pollfd p = { .fd = -1 };

	while (w->last != NULL && (p.events = visitor_events(w->last)) != 0) {
		p.fd = w->last->fd;
		if (fdio_wait(&p, 1, w->c->clock, end) != E_OK || !step(w, w->last))
			break;
	}
}

enum errcode
loopback_wait(struct loopback *l, const struct loopback_wanted *wanted, const struct channel *c,
    int64_t deadline, char code[CALLBACK_CODE_MAX + 1], struct err *e)
{
	struct wait w = { .l = l,
		.c = c,
		.x = { l->authority, l->at.path, wanted->state, wanted->issuer,
		    wanted->iss_required },
		.deadline = deadline,
		.code = code,
		.e = e };
	enum errcode r = await_answer(&w);

	stop_listening(l);
	see_off(&w);
	drop_all(l);
	return r;
}
