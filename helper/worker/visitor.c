/* One connection to the loopback redirect. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "common/fdio.h"
#include "helper/oidc/reqhead.h"
#include "helper/worker/page.h"
#include "helper/worker/visitor.h"

#define PIECE 4096
#define LINGER_PIECES 512 /* read and thrown away behind an answer: 2 MiB */

bool
visitor_open(struct visitor *v, int fd, int64_t now)
{
	*v = (struct visitor){ .state = VISITOR_READS,
		.fd = fd,
		.until = now + VISITOR_REQUEST_MS,
		.in = buf_new(REQHEAD_MAX + PIECE),
		.out = buf_new(PAGE_MAX) };
	if (v->in != NULL && v->out != NULL)
		return true;
	visitor_drop(v);
	return false;
}

void
visitor_drop(struct visitor *v)
{
	if (v->state == VISITOR_NONE)
		return;
	fdio_close(&v->fd);
	buf_free(v->in);
	buf_free(v->out);
	*v = (struct visitor){ .state = VISITOR_NONE, .fd = -1 };
}

short
visitor_events(const struct visitor *v)
{
	switch (v->state) {
	case VISITOR_NONE:
		return 0;
	case VISITOR_READS:
	case VISITOR_LINGERS:
		return POLLIN;
	case VISITOR_WRITES:
		return POLLOUT;
	}
	return 0;
}

/* recv(2) without EINTR: > 0, 0 when nothing is there yet, -1 when nothing will come any more. */
static ssize_t
take(int fd, char piece[PIECE])
{
	ssize_t n;

	do
		n = recv(fd, piece, PIECE, 0);
	while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN))
		return 0;
	return n > 0 ? n : -1;
}

/* Whoever has not taken its answer reads the end behind it: an RST for bytes that nobody read would
 * destroy it. */
static void
linger(struct visitor *v)
{
	char piece[PIECE];
	ssize_t n = 1;

	for (int i = 0; i < LINGER_PIECES && n > 0; i++)
		n = take(v->fd, piece);
	explicit_bzero(piece, sizeof(piece));
	if (n != 0)
		visitor_drop(v);
}

static void
write_on(struct visitor *v, int64_t now)
{
	ssize_t n = 1;

	while (v->sent < buf_len(v->out) && n > 0) {
		n = send(
		    v->fd, buf_data(v->out) + v->sent, buf_len(v->out) - v->sent, MSG_NOSIGNAL);
		if (n > 0)
			v->sent += (size_t)n;
		else if (n < 0 && errno == EINTR)
			n = 1;
	}
	if (v->sent == buf_len(v->out)) {
		(void)shutdown(v->fd, SHUT_WR);
		v->state = VISITOR_LINGERS;
		v->until = now + VISITOR_ANSWER_MS;
		linger(v);
	} else if (errno != EAGAIN) {
		visitor_drop(v);
	}
}

/* The verdict is out: the answer to it, as far as it goes. */
static void
answer(struct visitor *v, const struct callback *c, int64_t now)
{
	buf_reset(v->in);
	v->state = VISITOR_WRITES;
	v->until = now + VISITOR_ANSWER_MS;
	if (page_put(v->out, c->status, c->head) != E_OK)
		visitor_drop(v);
	else
		write_on(v, now);
}

static enum callback_outcome
read_on(struct visitor *v, const struct callback_expect *x, int64_t now, struct callback *out,
    struct err *e)
{
	enum callback_outcome o = CALLBACK_MORE;
	char piece[PIECE];
	ssize_t n = 1;

	while (o == CALLBACK_MORE && (n = take(v->fd, piece)) > 0) {
		if (buf_put(v->in, piece, (size_t)n) != E_OK) {
			n = -1;
			break;
		}
		o = callback_read(out, buf_data(v->in), buf_len(v->in), x, e);
	}
	explicit_bzero(piece, sizeof(piece));
	if (o != CALLBACK_MORE)
		answer(v, out, now);
	else if (n < 0)
		visitor_drop(v);
	return o;
}

enum callback_outcome
visitor_step(struct visitor *v, const struct callback_expect *x, int64_t now, struct callback *out,
    struct err *e)
{
	switch (v->state) {
	case VISITOR_NONE:
		break;
	case VISITOR_READS:
		return read_on(v, x, now, out, e);
	case VISITOR_WRITES:
		write_on(v, now);
		break;
	case VISITOR_LINGERS:
		linger(v);
		break;
	}
	return CALLBACK_MORE;
}
