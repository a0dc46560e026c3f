/* One TLS connection. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <openssl/err.h>

#include "common/fdio.h"
#include "common/secmem.h"
#include "mock_idp/wire/conn.h"
#include "mock_idp/wire/fault.h"
#include "mock_idp/wire/http_read.h"
#include "mock_idp/wire/http_write.h"
#include "mock_idp/route.h"

#define IN_MAX (MSG_HEAD_MAX + MSG_BODY_MAX)
#define DRAIN_MS 1000
#define DRAIN_MAX ((size_t)1024 * 1024)

enum state { HANDSHAKE, READING, WRITING, DRAINING };

/* What one step of a state came to. */
enum went { AGAIN, BLOCKED, OVER };

struct conn {
	int fd;
	SSL *ssl;
	uint64_t id;
	enum state state;
	short events;
	int64_t deadline;
	char *in;
	size_t inlen;
	struct buf *out;
	size_t sent;
	bool close;     /* after this answer */
	uint64_t entry; /* of the journal, that is being answered */
	size_t drained;
};

struct conn *
conn_new(SSL_CTX *ctx, int fd, uint64_t id, int64_t now)
{
	struct conn *c = calloc(1, sizeof(*c));

	if (c == NULL) {
		fdio_close(&fd);
		return NULL;
	}
	c->fd = fd;
	c->id = id;
	c->events = POLLIN;
	c->deadline = now + CONN_IO_MS;
	if ((c->in = malloc(IN_MAX)) == NULL ||
	    (c->out = buf_new(MSG_REPLY_MAX + MSG_HEAD_MAX)) == NULL ||
	    (c->ssl = SSL_new(ctx)) == NULL || SSL_set_fd(c->ssl, fd) != 1) {
		conn_free(c);
		return NULL;
	}
	SSL_set_accept_state(c->ssl);
	return c;
}

void
conn_free(struct conn *c)
{
	if (c == NULL)
		return;
	SSL_free(c->ssl);
	ERR_clear_error();
	fdio_close(&c->fd);
	secmem_free(c->in, c->in == NULL ? 0 : IN_MAX);
	buf_free(c->out);
	free(c);
}

int
conn_fd(const struct conn *c)
{
	return c->fd;
}

short
conn_events(const struct conn *c)
{
	return c->events;
}

int64_t
conn_deadline(const struct conn *c)
{
	return c->deadline;
}

/* What OpenSSL wants after a call that gave n. */
static enum went
judge(struct conn *c, int n)
{
	switch (SSL_get_error(c->ssl, n)) {
	case SSL_ERROR_WANT_READ:
		c->events = POLLIN;
		return BLOCKED;
	case SSL_ERROR_WANT_WRITE:
		c->events = POLLOUT;
		return BLOCKED;
	default:
		return OVER;
	}
}

static enum went
step_handshake(struct conn *c, int64_t now)
{
	int n = SSL_accept(c->ssl);

	if (n != 1)
		return judge(c, n);
	c->state = READING;
	c->deadline = now + CONN_IDLE_MS;
	return AGAIN;
}

/* The request or the refusal in x becomes bytes to send. */
static enum went
respond(struct conn *c, struct world *w, struct exchange *x, int bad, int64_t now)
{
	x->conn = c->id;
	x->arrived = now;
	x->arrived_us = world_us(w);
	x->listener = "issuer";
	x->tls_version = SSL_get_version(c->ssl);
	x->sni = SSL_get_servername(c->ssl, TLSEXT_NAMETYPE_host_name);
	if (bad != 0)
		route_bad(w, x, bad);
	else
		route(w, x);
	if (x->fault != NULL && x->fault->end == FAULT_DROP)
		return OVER;
	c->close = x->rep.close;
	c->entry = x->entry;
	c->sent = 0;
	buf_reset(c->out);
	struct http_bytes to = { .out = c->out };
	if (http_write(&x->rep, x->fault, world_wall(w), &to) != E_OK)
		return OVER;
	c->close = to.close;
	c->state = WRITING;
	c->deadline = now + CONN_IO_MS;
	return AGAIN;
}

/* Answers the first whole request in the buffer; BLOCKED when there is none yet. */
static enum went
take_request(struct conn *c, struct world *w, int64_t now)
{
	struct exchange x;
	size_t used = 0;
	int status = 0;
	enum went r = OVER;

	if (!msg_init(&x))
		return OVER;
	switch (http_read(c->in, c->inlen, &x.req, &used, &status)) {
	case HTTP_READ_MORE:
		r = BLOCKED;
		break;
	case HTTP_READ_DONE:
		x.req.raw_head = c->in;
		x.req.raw_head_len = used - x.req.bodylen;
		x.req.raw_body = c->in + x.req.raw_head_len;
		x.req.raw_body_len = x.req.bodylen;
		r = respond(c, w, &x, 0, now);
		memmove(c->in, c->in + used, c->inlen - used);
		c->inlen -= used;
		break;
	case HTTP_READ_BAD:
		x.req.raw_head = c->in;
		x.req.raw_head_len = c->inlen;
		r = respond(c, w, &x, status, now);
		break;
	}
	msg_clear(&x);
	return r;
}

static enum went
step_reading(struct conn *c, struct world *w, int64_t now)
{
	enum went r = c->inlen == 0 ? BLOCKED : take_request(c, w, now);
	int n;

	if (r != BLOCKED)
		return r;
	/* http_read has judged a full buffer: there is room */
	n = SSL_read(c->ssl, c->in + c->inlen, (int)(IN_MAX - c->inlen));
	if (n <= 0) {
		if ((SSL_get_shutdown(c->ssl) & SSL_RECEIVED_SHUTDOWN) != 0)
			(void)SSL_shutdown(c->ssl);
		return judge(c, n);
	}
	if (c->inlen == 0)
		c->deadline = now + CONN_IO_MS;
	c->inlen += (size_t)n;
	return AGAIN;
}

/* Says goodbye, but closes only after the client: unread input would turn close(2) into a reset
 * that overtakes the answer. RFC 9112 section 9.6. */
static enum went
start_draining(struct conn *c, int64_t now)
{
	(void)SSL_shutdown(c->ssl);
	(void)shutdown(c->fd, SHUT_WR);
	c->state = DRAINING;
	c->events = POLLIN;
	c->deadline = now + DRAIN_MS;
	return AGAIN;
}

static enum went
step_writing(struct conn *c, struct world *w, int64_t now)
{
	size_t left = buf_len(c->out) - c->sent;
	int n = SSL_write(c->ssl, buf_data(c->out) + c->sent, (int)left);

	if (n <= 0)
		return judge(c, n);
	c->sent += (size_t)n;
	if (c->sent < buf_len(c->out))
		return AGAIN;
	buf_reset(c->out);
	journal_answered(&w->journal, c->entry, world_us(w) - w->start_us);
	if (c->close)
		return start_draining(c, now);
	c->state = READING;
	c->deadline = now + (c->inlen > 0 ? CONN_IO_MS : CONN_IDLE_MS);
	return AGAIN;
}

static enum went
step_draining(struct conn *c)
{
	char junk[4096];
	ssize_t n = recv(c->fd, junk, sizeof(junk), 0);

	if (n < 0 && errno == EAGAIN)
		return BLOCKED;
	if (n <= 0 && !(n < 0 && errno == EINTR))
		return OVER;
	c->drained += n > 0 ? (size_t)n : 0;
	return c->drained > DRAIN_MAX ? OVER : AGAIN;
}

bool
conn_step(struct conn *c, struct world *w)
{
	int64_t now = clock_boot_ms(&w->clock);
	enum went r = now >= c->deadline ? OVER : AGAIN;

	while (r == AGAIN) {
		ERR_clear_error();
		switch (c->state) {
		case HANDSHAKE:
			r = step_handshake(c, now);
			break;
		case READING:
			r = step_reading(c, w, now);
			break;
		case WRITING:
			r = step_writing(c, w, now);
			break;
		case DRAINING:
			r = step_draining(c);
			break;
		}
	}
	return r == BLOCKED;
}
