/* Requests and answers on a connection. */
#include "config.h"

#include "mock_idp/wire/conn_http.h"
#include "mock_idp/wire/evil.h"
#include "mock_idp/wire/http_read.h"
#include "mock_idp/wire/http_write.h"

#define FLUSH_MS 1000 /* for the bytes before a reset to arrive */

/* The reply in x becomes bytes that go as its fault wants it. */
static enum conn_went
send_reply(struct conn *c, const struct world *w, struct exchange *x, int64_t now)
{
	const struct fault *f = x->fault;
	struct http_bytes to = { .out = buf_new(HTTP_WRITE_MAX) };

	if (to.out == NULL || http_write(&x->rep, f, world_wall(w), &to) != E_OK) {
		buf_free(to.out);
		return CONN_OVER;
	}
	outbox_fill(&c->out, to.out, to.again, f, now);
	c->spoke = true;
	c->entry = x->entry;
	c->close = to.close;
	c->end = f == NULL ? FAULT_KEEP : f->end;
	c->notify = f == NULL || !f->no_close_notify;
	if (c->end == FAULT_HANG)
		return conn_enter(c, CONN_HOLDING, now + CONN_HOLD_MS);
	return conn_enter(c, CONN_WRITING, now + CONN_IO_MS);
}

static enum conn_went
respond(struct conn *c, struct world *w, struct exchange *x, int bad, int64_t now)
{
	conn_tell(c, w, x);
	c->answer(w, x, bad);
	return send_reply(c, w, x, now);
}

/* Answers the first whole request that is there; CONN_BLOCKED when there is none yet. */
static enum conn_went
take_request(struct conn *c, struct world *w, int64_t now)
{
	struct exchange x;
	size_t used = 0;
	int status = 0;
	enum conn_went r = CONN_OVER;

	if (!msg_init(&x))
		return CONN_OVER;
	switch (http_read(c->in.p, c->in.len, &x.req, &used, &status)) {
	case HTTP_READ_MORE:
		r = CONN_BLOCKED;
		break;
	case HTTP_READ_DONE:
		r = respond(c, w, &x, 0, now);
		inbox_drop(&c->in, used);
		break;
	case HTTP_READ_BAD:
		r = respond(c, w, &x, status, now);
		break;
	}
	msg_clear(&x);
	return r;
}

enum conn_went
conn_step_reading(struct conn *c, struct world *w, int64_t now)
{
	size_t room, n;
	char *to;
	enum conn_went r = c->in.len == 0 ? CONN_BLOCKED : take_request(c, w, now);

	if (r != CONN_BLOCKED)
		return r;
	/* http_read has judged a full box: there is room */
	if ((room = inbox_room(&c->in, &to)) == 0)
		return CONN_OVER;
	if ((r = conn_judge(c, stream_read(&c->stream, to, room, &n))) != CONN_AGAIN) {
		if (c->in.len == 0)
			inbox_clear(&c->in);
		return r;
	}
	if (c->in.len == 0)
		c->deadline = now + CONN_IO_MS;
	inbox_came(&c->in, n);
	return CONN_AGAIN;
}

/* Everything is out: how does it go on? */
static enum conn_went
after_writing(struct conn *c, struct world *w, int64_t now)
{
	/* nobody waits for an answer that is dropped */
	if (c->entry != 0 && c->end != FAULT_DROP)
		journal_answered(&w->journal, c->entry, world_us(w) - w->start_us);
	c->entry = 0;
	outbox_clear(&c->out);
	if (c->end == FAULT_RESET)
		return conn_enter(c, CONN_RESETTING, now + FLUSH_MS);
	if (c->end == FAULT_HANG)
		return conn_enter(c, CONN_HOLDING, now + CONN_HOLD_MS);
	if (c->close)
		return conn_enter(c, CONN_CLOSING, now + CONN_IO_MS);
	return conn_enter(c, CONN_READING, now + (c->in.len > 0 ? CONN_IO_MS : CONN_IDLE_MS));
}

enum conn_went
conn_step_writing(struct conn *c, struct world *w, int64_t now)
{
	const uint8_t *p = NULL;
	size_t n = outbox_ready(&c->out, now, &p);
	int64_t next = outbox_next(&c->out);
	enum conn_went r;

	if (n == 0 && outbox_done(&c->out, now))
		return after_writing(c, w, now);
	c->deadline = (next > now ? next : now) + CONN_IO_MS;
	if (n == 0)
		return stream_dead(&c->stream) ? CONN_OVER : conn_blocked(c, 0, next);
	if ((r = conn_judge(c, stream_write(&c->stream, p, n, &n))) != CONN_AGAIN)
		return r;
	outbox_went(&c->out, n, now);
	return CONN_AGAIN;
}

void
conn_leave_evil(struct conn *c, struct world *w)
{
	struct exchange x;

	if (!listener_is_evil(c->from->kind) || c->spoke || c->in.len == 0 || !msg_init(&x))
		return;
	conn_tell(c, w, &x);
	x.req.raw_head = c->in.p;
	x.req.raw_head_len = c->in.len;
	evil_contact(w, &x);
	msg_clear(&x);
}
