/* The monitor's end of [A]. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/fdio.h"
#include "common/secmem.h"
#include "helper/session.h"
#include "proto/chan.h"

#define SEND_MS                                                                                    \
	2000 /* a module reads at once, or is stuck in its conversation with at most one packet    \
	        unread */

#define BIT(type) (1U << (type))

/* Which message of the module may come when; doc/protocol.md has the same table. */
static const unsigned permitted[] = {
	[SESSION_NEW] = BIT(MSG_START),
	[SESSION_WORKING] = BIT(MSG_CANCEL),
	[SESSION_PROMPTED] = BIT(MSG_ANSWER) | BIT(MSG_CANCEL),
	[SESSION_OVER] = 0,
};

static enum errcode
make_login_id(char out[9], struct err *e)
{
	uint8_t random[4];

	if (!secmem_random(random, sizeof(random)))
		return err_set(e, E_SYS, "sys.random", "no randomness");
	for (size_t i = 0; i < sizeof(random); i++)
		(void)snprintf(out + 2 * i, 3, "%02x", random[i]);
	return E_OK;
}

/* One message that is permitted now; waits to the deadline. */
static enum errcode
receive(struct session *s, struct msg *m, int64_t deadline, struct err *e)
{
	struct buf *b = buf_new(CHAN_MAX);
	enum errcode r;

	if (b == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a message");
	if ((r = chan_recv(s->fd, b, CHAN_MAX, s->clock, deadline, e)) == E_OK)
		r = msg_decode(buf_data(b), buf_len(b), m, e);
	buf_free(b);
	if (r == E_OK && (permitted[s->state] & BIT(m->type)) == 0) {
		r = err_set(e, E_FORMAT, "a.order", "message %u of [A] out of order", m->type);
		msg_clear(m);
	}
	return r;
}

static enum errcode
transmit(struct session *s, const struct msg *m, struct err *e)
{
	struct buf *b = buf_new(CHAN_MAX);
	enum errcode r;

	if (b == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a message");
	if ((r = msg_encode(b, m, e)) == E_OK)
		r = chan_send(s->fd, b, s->clock, clock_boot_ms(s->clock) + SEND_MS, e);
	buf_free(b);
	return r;
}

enum errcode
session_open(struct session *s, int fd, const struct clock *c, struct msg *start, struct err *e)
{
	enum errcode r;
	uid_t uid;

	*s = (struct session){ .fd = fd, .pidfd = -1, .clock = c, .state = SESSION_NEW };
	if ((r = make_login_id(s->login_id, e)) != E_OK ||
	    (r = chan_peer(fd, &s->host, &uid, e)) != E_OK)
		return r;
	if (uid != geteuid()) /* root: main.c lets nobody else be the monitor */
		return err_set(
		    e, E_SYS, "a.peer", "the caller is uid %lu, not root", (unsigned long)uid);
	s->pidfd = (int)syscall(SYS_pidfd_open, s->host, 0);
	if ((r = receive(s, start, clock_boot_ms(c) + SESSION_START_MS, e)) == E_OK)
		s->state = SESSION_WORKING;
	return r;
}

void
session_close(struct session *s)
{
	fdio_close(&s->pidfd);
	s->state = SESSION_OVER;
}

static enum errcode
gone(struct err *e)
{
	return err_set(e, E_CLOSED, "a.gone", "the host process ended or hung up");
}

/* Something came on [A]: an answer, if it may; else why the login ends. */
static enum errcode
take_answer(struct session *s, bool *junk, struct err *e)
{
	struct err why = { .code = E_OK };
	struct msg m;
	enum errcode r = receive(s, &m, clock_boot_ms(s->clock), &why);

	if (r == E_CLOSED)
		return gone(e);
	if (r != E_OK)
		return err_set(e, r, why.reason, "%s", why.text);
	if (m.type == MSG_CANCEL)
		r = err_set(e, E_CONV,
		    m.cancel == MSG_CANCEL_INTERRUPT ? "conv.cancel" : "conv.failed",
		    m.cancel == MSG_CANCEL_INTERRUPT ? "cancelled by the person"
		                                     : "the host's conversation failed or ended");
	else if (junk != NULL)
		*junk = strncmp(m.answer, "\b\n\r\177", 4) == 0;
	msg_clear(&m);
	return r;
}

/* Waits for [A] (its answer), fd, the end of the host, or the deadline. */
static enum errcode
wait_for(struct session *s, int fd, int64_t deadline, bool *junk, struct err *e)
{
	struct pollfd p[3] = { { .fd = s->fd, .events = POLLIN },
		{ .fd = s->pidfd, .events = POLLIN }, { .fd = fd, .events = POLLIN } };
	enum errcode r = fdio_wait(p, 3, s->clock, deadline);

	if (r == E_TIMEOUT)
		return err_set(e, r, "dev.expired", "not approved within the time limit");
	if (r != E_OK)
		return err_set(e, r, "sys.poll", "poll: %s", strerror(errno));
	if (p[0].revents != 0)
		return take_answer(s, junk, e);
	return p[1].revents != 0 ? gone(e) : E_OK;
}

enum errcode
session_wait(struct session *s, int fd, int64_t deadline, struct err *e)
{
	return wait_for(s, fd, deadline, NULL, e);
}

enum errcode
session_text(struct session *s, enum msg_text_kind kind, const char *text, uint32_t patience_ms,
    struct err *e)
{
	char *copy = strdup(text);
	struct msg m = { .type = MSG_TEXT,
		.text = { .kind = kind, .patience_ms = patience_ms, .text = copy } };
	enum errcode r;

	if (copy == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a text");
	r = transmit(s, &m, e); /* NOLINT(clang-analyzer-unix.Malloc): msg_clear frees it */
	msg_clear(&m);
	return r;
}

enum errcode
session_prompt(struct session *s, const char *text, uint32_t patience_ms, int64_t deadline,
    bool *junk, struct err *e)
{
	char *copy = strdup(text);
	struct msg m = { .type = MSG_PROMPT,
		.prompt = { .echo = true, .patience_ms = patience_ms, .text = copy } };
	enum errcode r;

	if (copy == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a prompt");
	r = transmit(s, &m, e); /* NOLINT(clang-analyzer-unix.Malloc): msg_clear frees it */
	msg_clear(&m);
	if (r != E_OK)
		return r;
	s->state = SESSION_PROMPTED;
	*junk = false;
	r = wait_for(s, -1, deadline, junk, e);
	if (r == E_OK)
		s->state = SESSION_WORKING;
	return r;
}

enum errcode
session_verdict(struct session *s, struct msg_verdict_body *v, struct err *e)
{
	struct msg m = { .type = MSG_VERDICT, .verdict = *v };

	m.verdict.login_id = s->login_id;
	s->state = SESSION_OVER;
	return transmit(s, &m, e);
}
