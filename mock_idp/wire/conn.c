/* One connection. */
#include "config.h"

#include <stdlib.h>

#include "common/fdio.h"
#include "mock_idp/wire/conn.h"
#include "mock_idp/wire/conn_end.h"
#include "mock_idp/wire/conn_http.h"

#define STEPS_MAX 64 /* before others have their turn */

struct conn *
conn_new(const struct conn_setup *how, int fd, int64_t now)
{
	struct conn *c = malloc(sizeof(*c));

	if (c == NULL) {
		fdio_close(&fd);
		return NULL;
	}
	if (conn_start(c, how, fd, now))
		return c;
	conn_free(c);
	return NULL;
}

void
conn_free(struct conn *c)
{
	if (c == NULL)
		return;
	stream_close(&c->stream);
	inbox_clear(&c->in);
	outbox_clear(&c->out);
	free(c);
}

int
conn_fd(const struct conn *c)
{
	return c->stream.fd;
}

short
conn_events(const struct conn *c)
{
	return c->events;
}

int64_t
conn_deadline(const struct conn *c)
{
	return c->wake < c->deadline ? c->wake : c->deadline;
}

int64_t
conn_idle_until(const struct conn *c)
{
	switch (c->state) {
	case CONN_HANDSHAKE:
	case CONN_READING:
	case CONN_DRAINING:
	case CONN_HOLDING:
	case CONN_MUTE:
		return c->deadline;
	case CONN_WAITING:
	case CONN_GREETING:
	case CONN_WRITING:
	case CONN_CLOSING:
	case CONN_RESETTING:
		return INT64_MAX;
	}
	return INT64_MAX;
}

static enum conn_went
step(struct conn *c, struct world *w, int64_t now)
{
	switch (c->state) {
	case CONN_WAITING:
		return conn_step_waiting(c, now);
	case CONN_GREETING:
		return conn_step_greeting(c, now);
	case CONN_HANDSHAKE:
		return conn_step_handshake(c, now);
	case CONN_READING:
		return conn_step_reading(c, w, now);
	case CONN_WRITING:
		return conn_step_writing(c, w, now);
	case CONN_CLOSING:
		return conn_step_closing(c, now);
	case CONN_RESETTING:
		return conn_step_resetting(c, now);
	case CONN_DRAINING:
		return conn_step_draining(c);
	case CONN_HOLDING:
		return conn_step_holding(c);
	case CONN_MUTE:
		return conn_step_mute(c);
	}
	return CONN_OVER;
}

bool
conn_step(struct conn *c, struct world *w)
{
	int64_t now = clock_boot_ms(&w->clock);
	enum conn_went r = now >= c->deadline ? CONN_OVER : CONN_AGAIN;

	for (int i = 0; i < STEPS_MAX && r == CONN_AGAIN; i++)
		r = step(c, w, now);
	if (r == CONN_AGAIN)
		c->wake = now;
	if (r == CONN_OVER)
		conn_leave_evil(c, w);
	return r != CONN_OVER;
}
