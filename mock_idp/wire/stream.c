/* Bytes to and from the other end, through TLS or without. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <linux/sockios.h>

#include <openssl/err.h>

#include "common/fdio.h"
#include "mock_idp/wire/stream.h"

bool
stream_open(struct stream *s, int fd, SSL_CTX *ctx)
{
	*s = (struct stream){ .fd = fd, .events = POLLIN };
	if (ctx == NULL)
		return true;
	if ((s->ssl = SSL_new(ctx)) == NULL || SSL_set_fd(s->ssl, fd) != 1) {
		stream_close(s);
		return false;
	}
	SSL_set_accept_state(s->ssl);
	return true;
}

void
stream_close(struct stream *s)
{
	SSL_free(s->ssl);
	s->ssl = NULL;
	ERR_clear_error();
	fdio_close(&s->fd);
}

/* What a call on TLS came to that gave n. */
static enum stream_went
judge_tls(struct stream *s, int n)
{
	if (n > 0)
		return STREAM_OK;
	switch (SSL_get_error(s->ssl, n)) {
	case SSL_ERROR_WANT_READ:
		s->events = POLLIN;
		return STREAM_BLOCKED;
	case SSL_ERROR_WANT_WRITE:
		s->events = POLLOUT;
		return STREAM_BLOCKED;
	default:
		return STREAM_OVER;
	}
}

/* What a system call came to that gave n and waits for events. */
static enum stream_went
judge_plain(struct stream *s, ssize_t n, short events)
{
	if (n > 0)
		return STREAM_OK;
	if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
		s->events = events;
		return STREAM_BLOCKED;
	}
	return STREAM_OVER;
}

enum stream_went
stream_handshake(struct stream *s)
{
	ERR_clear_error();
	return s->ssl == NULL ? STREAM_OK : judge_tls(s, SSL_accept(s->ssl));
}

enum stream_went
stream_read(struct stream *s, void *p, size_t size, size_t *n)
{
	enum stream_went r;
	ssize_t got;

	if (s->ssl == NULL) {
		got = recv(s->fd, p, size, 0);
		r = judge_plain(s, got, POLLIN);
	} else {
		ERR_clear_error();
		got = SSL_read(s->ssl, p, (int)size);
		if (got <= 0 && (SSL_get_shutdown(s->ssl) & SSL_RECEIVED_SHUTDOWN) != 0)
			(void)SSL_shutdown(s->ssl);
		r = judge_tls(s, (int)got);
	}
	*n = r == STREAM_OK ? (size_t)got : 0;
	return r;
}

enum stream_went
stream_write(struct stream *s, const void *p, size_t len, size_t *n)
{
	enum stream_went r;
	ssize_t put;

	if (s->ssl == NULL) {
		put = send(s->fd, p, len, MSG_NOSIGNAL);
		r = judge_plain(s, put, POLLOUT);
	} else {
		ERR_clear_error();
		put = SSL_write(s->ssl, p, (int)len);
		r = judge_tls(s, (int)put);
	}
	*n = r == STREAM_OK ? (size_t)put : 0;
	return r;
}

enum stream_went
stream_goodbye(struct stream *s, bool notify)
{
	enum stream_went r;

	if (s->ssl != NULL && notify) {
		int n;

		ERR_clear_error();
		/* 0: ours is out, theirs is not awaited */
		n = SSL_shutdown(s->ssl);
		if (n < 0 && (r = judge_tls(s, n)) != STREAM_OK)
			return r;
	}
	(void)shutdown(s->fd, SHUT_WR);
	return STREAM_OK;
}

enum stream_went
stream_discard(struct stream *s, size_t *n)
{
	char junk[4096];
	ssize_t got = recv(s->fd, junk, sizeof(junk), 0);

	*n = got > 0 ? (size_t)got : 0;
	return judge_plain(s, got, POLLIN);
}

static bool
has(const struct stream *s, short events, short wanted)
{
	struct pollfd p = { .fd = s->fd, .events = events };

	return poll(&p, 1, 0) > 0 && (p.revents & wanted) != 0;
}

bool
stream_spoken(const struct stream *s)
{
	return has(s, POLLIN, POLLIN | POLLERR | POLLHUP);
}

bool
stream_hung_up(const struct stream *s)
{
	return has(s, POLLRDHUP, POLLRDHUP | POLLERR | POLLHUP);
}

bool
stream_dead(const struct stream *s)
{
	return has(s, 0, POLLERR | POLLHUP);
}

bool
stream_flushed(const struct stream *s)
{
	int left = 0;

	return ioctl(s->fd, SIOCOUTQ, &left) != 0 || left == 0;
}

void
stream_reset(struct stream *s)
{
	const struct linger now = { .l_onoff = 1, .l_linger = 0 };

	(void)setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}
