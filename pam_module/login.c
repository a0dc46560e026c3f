/* One conversation with the helper. */
#include "config.h"

#include <security/pam_appl.h>
#include <signal.h>
#include <string.h>

#include "pam_module/conv.h"
#include "pam_module/login.h"
#include "proto/chan.h"

#define SLICE_MS 200  /* how long a ^C waits that sudo has blocked */
#define SEND_MS 10000 /* a helper that does not take a packet for so long hangs */

struct run {
	pam_handle_t *pamh;
	int fd;
	const struct clock *clock;
	struct buf *b;
	int64_t deadline; /* the helper's next packet */
	struct msg *m;    /* the last one */
};

static enum errcode
send_msg(struct run *l, const struct msg *m, struct err *e)
{
	enum errcode r;

	if ((r = msg_encode(l->b, m, e)) != E_OK)
		return r;
	r = chan_send(l->fd, l->b, l->clock, clock_boot_ms(l->clock) + SEND_MS, NULL);
	/* Its verdict may be on the way already: what it said last decides, in receive(). */
	if (r == E_CLOSED)
		return E_OK;
	return r == E_OK ? r : err_set(e, r, "helper.stuck", "the helper takes no packet");
}

/* The helper hears why; whether it does changes nothing for us. */
static enum errcode
cancel(struct run *l, enum msg_cancel why, enum errcode r)
{
	struct msg m = { .type = MSG_CANCEL, .cancel = why };

	(void)send_msg(l, &m, NULL);
	return r;
}

static bool
interrupted(void)
{
	sigset_t pending;

	return sigpending(&pending) == 0 &&
	    (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGQUIT) == 1);
}

static enum errcode
hang_up(struct run *l, struct err *e)
{
	return cancel(l, MSG_CANCEL_INTERRUPT, err_set(e, E_CONV, "conv.interrupt", "interrupted"));
}

static enum errcode
complain(enum errcode r, struct err *e)
{
	if (r == E_TIMEOUT)
		return err_set(e, r, "helper.mute", "the helper said nothing in its time");
	if (r == E_CLOSED)
		return err_set(e, r, "helper.gone", "the helper ended without a verdict");
	return err_set(e, r, "helper.packet", "the helper's packet cannot be had");
}

/* The next message into *l->m, in slices: poll(2) does not return for a blocked signal. */
static enum errcode
receive(struct run *l, struct err *e)
{
	enum errcode r = E_TIMEOUT;

	while (r == E_TIMEOUT) {
		int64_t slice = clock_boot_ms(l->clock) + SLICE_MS;

		if (interrupted())
			return hang_up(l, e);
		if (slice > l->deadline)
			slice = l->deadline;
		r = chan_recv(l->fd, l->b, CHAN_MAX, l->clock, slice, NULL);
		if (r == E_TIMEOUT && clock_left(l->clock, l->deadline) == 0)
			break;
	}
	/* A ^C before the helper's setsid reaches it too: it was the person who ended this. */
	if (r == E_CLOSED && interrupted())
		return hang_up(l, e);
	if (r != E_OK)
		return complain(r, e);
	if ((r = msg_decode(buf_data(l->b), buf_len(l->b), l->m, NULL)) != E_OK)
		return complain(r, e);
	return E_OK;
}

static enum errcode
tell(struct run *l, const struct msg_text *t, struct err *e)
{
	enum errcode r = conv_tell(l->pamh, t->kind, t->text, e);

	if (r != E_OK)
		return cancel(l, MSG_CANCEL_CONVERSATION, r);
	l->deadline = clock_boot_ms(l->clock) + t->patience_ms;
	return E_OK;
}

static enum errcode
ask(struct run *l, const struct msg_prompt *p, struct err *e)
{
	struct msg answer = { .type = MSG_ANSWER };
	enum errcode r = conv_ask(l->pamh, p->echo, p->text, &answer.answer, e);

	if (r != E_OK)
		return cancel(l, MSG_CANCEL_CONVERSATION, r);
	r = send_msg(l, &answer, e);
	buf_reset(l->b);
	msg_clear(&answer);
	l->deadline = clock_boot_ms(l->clock) + p->patience_ms;
	return r;
}

/* Does what *l->m says; *done when it is the verdict. */
static enum errcode
act(struct run *l, bool *done, struct err *e)
{
	switch (l->m->type) {
	case MSG_TEXT:
		return tell(l, &l->m->text, e);
	case MSG_PROMPT:
		return ask(l, &l->m->prompt, e);
	case MSG_VERDICT:
		*done = true;
		return E_OK;
	case MSG_START:
	case MSG_ANSWER:
	case MSG_CANCEL:
		break;
	}
	return err_set(e, E_FORMAT, "helper.order", "the helper said what only we say");
}

static enum errcode
talk(struct run *l, const struct msg *start, struct err *e)
{
	enum errcode r;
	bool done = false;

	if ((r = send_msg(l, start, e)) != E_OK)
		return r;
	l->deadline = clock_boot_ms(l->clock) + MSG_FIRST_PATIENCE_MS;
	while (!done) {
		if ((r = receive(l, e)) != E_OK)
			return r;
		if ((r = act(l, &done, e)) != E_OK || !done)
			msg_clear(l->m);
		if (r != E_OK)
			return r;
	}
	return E_OK;
}

enum errcode
login_run(pam_handle_t *pamh, int fd, const struct msg *start, const struct clock *c, struct msg *m,
    struct err *e)
{
	struct run l = { .pamh = pamh, .fd = fd, .clock = c, .m = m };
	enum errcode r;

	memset(m, 0, sizeof(*m));
	if ((l.b = buf_new(CHAN_MAX)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	r = talk(&l, start, e);
	buf_free(l.b);
	return r;
}

int
login_code(enum msg_verdict v)
{
	static const struct {
		enum msg_verdict verdict;
		int code;
	} table[] = {
		{ MSG_ALLOW, PAM_SUCCESS },
		{ MSG_IGNORE, PAM_IGNORE },
		{ MSG_USER_UNKNOWN, PAM_USER_UNKNOWN },
		{ MSG_UNAVAILABLE, PAM_AUTHINFO_UNAVAIL },
		{ MSG_SYSTEM, PAM_SYSTEM_ERR },
		{ MSG_REFUSED, PAM_AUTH_ERR },
		{ MSG_FORBIDDEN, PAM_PERM_DENIED },
		{ MSG_CANCELLED, PAM_CONV_ERR },
		{ MSG_TOO_OFTEN, PAM_MAXTRIES },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].verdict == v)
			return table[i].code;
	return PAM_SYSTEM_ERR;
}
