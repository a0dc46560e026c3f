/* How a connection begins. */
#include "config.h"

#include <poll.h>
#include <string.h>

#include "mock_idp/wire/conn_start.h"
#include "mock_idp/wire/greet.h"

static enum conn_at
first_state(const struct fault *f)
{
	if (f->end == FAULT_RESET)
		return CONN_RESETTING;
	if (f->end == FAULT_DROP)
		return CONN_CLOSING;
	switch (f->greeting) {
	case FAULT_TLS:
	case FAULT_RECORDS:
		return CONN_HANDSHAKE;
	case FAULT_STALL:
		return CONN_HOLDING;
	case FAULT_SILENT:
		return CONN_MUTE;
	case FAULT_PLAIN:
	case FAULT_GARBAGE:
		return CONN_GREETING;
	}
	return CONN_HANDSHAKE;
}

/* How long a state may last that a connection begins with. */
static int64_t
patience(enum conn_at state)
{
	return state == CONN_HOLDING || state == CONN_MUTE ? CONN_HOLD_MS : CONN_IO_MS;
}

/* Puts the bytes aside that the fault wants said first: instead of TLS, or right after it. */
static bool
prepare(struct conn *c, const struct fault *f)
{
	struct buf *b = NULL;

	if (c->next == CONN_GREETING) {
		if ((b = greet_bytes(f, c->id)) == NULL)
			return false;
	} else if (f->early.p != NULL) {
		if ((b = buf_new(FAULT_TEXT_MAX)) == NULL ||
		    buf_put(b, f->early.p, f->early.len) != E_OK) {
			buf_free(b);
			return false;
		}
	}
	if (b != NULL)
		outbox_fill(&c->out, b, SIZE_MAX, NULL, 0);
	c->close = c->next == CONN_GREETING;
	return true;
}

bool
conn_start(struct conn *c, const struct conn_setup *how, int fd, int64_t now)
{
	static const struct fault none;
	const struct fault *f = how->fault == NULL ? &none : how->fault;
	enum conn_at state = first_state(f);
	bool tls = state == CONN_HANDSHAKE && listener_has_tls(how->from->kind);

	*c = (struct conn){ .from = how->from,
		.answer = how->answer,
		.id = how->id,
		.notify = true,
		.state = CONN_WAITING,
		.next = state };
	if (!stream_open(&c->stream, fd, tls ? how->ctx : NULL))
		return false;
	if (f->greeting == FAULT_RECORDS && c->stream.ssl != NULL) {
		c->flood = f->greeting_n;
		records_listen(c->stream.ssl, &c->records);
	}
	if (f->delay_ms > 0)
		c->deadline = INT64_MAX;
	else
		(void)conn_enter(c, state, now + patience(state));
	/* a state that waits for no event wants a first step */
	(void)conn_blocked(c, f->delay_ms > 0 ? 0 : POLLIN, now + f->delay_ms);
	return prepare(c, f);
}

enum conn_went
conn_step_waiting(struct conn *c, int64_t now)
{
	if (now >= c->wake)
		return conn_enter(c, c->next, now + patience(c->next));
	return stream_dead(&c->stream) ? CONN_OVER : conn_blocked(c, 0, c->wake);
}

enum conn_went
conn_step_greeting(struct conn *c, int64_t now)
{
	return stream_spoken(&c->stream) ? conn_enter(c, CONN_WRITING, now + CONN_IO_MS)
	                                 : conn_blocked(c, POLLIN, INT64_MAX);
}

static void
note_alpn(struct conn *c)
{
	const unsigned char *alpn = NULL;
	unsigned int len = 0;

	SSL_get0_alpn_selected(c->stream.ssl, &alpn, &len);
	if (len > 0 && len < sizeof(c->alpn))
		memcpy(c->alpn, alpn, len);
}

/* Empty records, and never an answer: TLS has lost count of what was sent. */
static enum conn_went
flood(struct conn *c, int64_t now)
{
	struct buf *b = records_empty(c->stream.ssl, &c->records, c->flood);

	if (b == NULL)
		return CONN_OVER;
	SSL_free(c->stream.ssl);
	c->stream.ssl = NULL;
	outbox_fill(&c->out, b, SIZE_MAX, NULL, now);
	c->end = FAULT_HANG;
	return conn_enter(c, CONN_WRITING, now + CONN_IO_MS);
}

enum conn_went
conn_step_handshake(struct conn *c, int64_t now)
{
	enum conn_went r = conn_judge(c, stream_handshake(&c->stream));

	if (r != CONN_AGAIN)
		return r;
	if (c->stream.ssl != NULL)
		note_alpn(c);
	if (c->flood > 0)
		return flood(c, now);
	/* early bytes */
	if (c->out.bytes != NULL)
		return conn_enter(c, CONN_WRITING, now + CONN_IO_MS);
	return conn_enter(c, CONN_READING, now + CONN_IDLE_MS);
}
