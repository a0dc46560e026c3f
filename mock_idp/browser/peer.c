/* A connection to something on loopback. */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <openssl/err.h>

#include "common/clock.h"
#include "common/fdio.h"
#include "mock_idp/browser/peer.h"

struct peer {
	int fd;
	SSL *ssl; /* NULL: plain */
};

enum errcode
peer_trust(const char *ca, SSL_CTX **out, struct err *e)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

	*out = NULL;
	if (ctx == NULL)
		return err_set(e, E_TLS, NULL, "cannot set up TLS");
	if (ca != NULL && SSL_CTX_load_verify_file(ctx, ca) != 1) {
		SSL_CTX_free(ctx);
		ERR_clear_error();
		return err_set(e, E_CFG, NULL, "%.128s holds no CA certificate", ca);
	}
	SSL_CTX_set_verify(ctx, ca == NULL ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
	/* a missing goodbye is no error to a browser: lengths say what is whole */
	(void)SSL_CTX_set_options(ctx, SSL_OP_IGNORE_UNEXPECTED_EOF);
	*out = ctx;
	return E_OK;
}

/* loopurl has checked that the host is one of these. */
static socklen_t
fill(const struct loopurl *u, struct sockaddr_storage *ss)
{
	const char *host = strcmp(u->host, "localhost") == 0 ? "127.0.0.1" : u->host;
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons(u->port) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(u->port) };

	memset(ss, 0, sizeof(*ss));
	if (inet_pton(AF_INET, host, &four.sin_addr) == 1) {
		memcpy(ss, &four, sizeof(four));
		return sizeof(four);
	}
	six.sin6_addr = in6addr_loopback;
	memcpy(ss, &six, sizeof(six));
	return sizeof(six);
}

static enum errcode
wait_for(const struct peer *p, short events, int64_t deadline)
{
	struct pollfd pfd = { .fd = p->fd, .events = events };

	return fdio_wait(&pfd, 1, &clock_system, deadline);
}

static enum errcode
dial(struct peer *p, const struct loopurl *u, int64_t deadline, struct err *e)
{
	struct sockaddr_storage ss;
	socklen_t len = fill(u, &ss), size = sizeof(int);
	int on = 1, error = 0;

	p->fd = socket(ss.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (p->fd < 0)
		return err_set(e, E_SYS, NULL, "no socket: %s", strerror(errno));
	if (connect(p->fd, (const struct sockaddr *)&ss, len) != 0)
		error = errno;
	if (error == EINPROGRESS) {
		if (wait_for(p, POLLOUT, deadline) != E_OK)
			return err_set(e, E_TIMEOUT, NULL, "%s:%u does not take the connection",
			    u->host, (unsigned)u->port);
		if (getsockopt(p->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
			error = errno;
	}
	if (error != 0)
		return err_set(e, error == ECONNREFUSED ? E_NET : E_SYS, NULL, "%s:%u: %s", u->host,
		    (unsigned)u->port, strerror(error));
	/* bytes that are sent one by one are to arrive one by one */
	(void)setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return E_OK;
}

/* What OpenSSL wants after a call that gave n: E_OK when it is worth another try. */
static enum errcode
judge(struct peer *p, int n, int64_t deadline)
{
	switch (SSL_get_error(p->ssl, n)) {
	case SSL_ERROR_WANT_READ:
		return wait_for(p, POLLIN, deadline);
	case SSL_ERROR_WANT_WRITE:
		return wait_for(p, POLLOUT, deadline);
	case SSL_ERROR_SSL:
		return E_TLS;
	default:
		return E_CLOSED;
	}
}

/* The certificate must be for what the URL says: a name or an address. RFC 9110 section 4.3.4. */
static bool
expect(SSL *ssl, const struct loopurl *u)
{
	char ip[sizeof(u->host)];
	size_t n = strlen(u->host);

	if (strcmp(u->host, "localhost") == 0)
		return SSL_set1_host(ssl, u->host) == 1 &&
		    SSL_set_tlsext_host_name(ssl, u->host) == 1;
	memcpy(ip, u->host, n + 1);
	if (ip[0] == '[') {
		memcpy(ip, u->host + 1, n - 2);
		ip[n - 2] = '\0';
	}
	return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), ip) == 1;
}

static enum errcode
shake_hands(struct peer *p, const struct loopurl *u, SSL_CTX *tls, int64_t deadline, struct err *e)
{
	enum errcode r = E_OK;
	int n = 0;

	if ((p->ssl = SSL_new(tls)) == NULL || !expect(p->ssl, u) || SSL_set_fd(p->ssl, p->fd) != 1)
		return err_set(e, E_TLS, NULL, "cannot set up TLS");
	while (r == E_OK && n != 1) {
		ERR_clear_error();
		if ((n = SSL_connect(p->ssl)) != 1)
			r = judge(p, n, deadline);
	}
	if (r != E_OK)
		return err_set(e, r, NULL, "no TLS with %s:%u: %s", u->host, (unsigned)u->port,
		    r == E_TLS ? X509_verify_cert_error_string(SSL_get_verify_result(p->ssl))
		               : err_name(r));
	return E_OK;
}

enum errcode
peer_open(struct peer **out, const struct loopurl *u, SSL_CTX *tls, int64_t deadline, struct err *e)
{
	struct peer *p = calloc(1, sizeof(*p));
	enum errcode r;

	*out = NULL;
	if (p == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	p->fd = -1;
	if ((r = dial(p, u, deadline, e)) == E_OK && u->tls)
		r = shake_hands(p, u, tls, deadline, e);
	if (r == E_OK)
		*out = p;
	else
		peer_close(p);
	return r;
}

/* One send or receive of a plain connection whose result is n: like judge. */
static enum errcode
judge_plain(const struct peer *p, short events, int64_t deadline)
{
	if (errno == EINTR)
		return E_OK;
	return errno == EAGAIN ? wait_for(p, events, deadline) : E_CLOSED;
}

enum errcode
peer_send(struct peer *p, const void *bytes, size_t len, int64_t deadline)
{
	const char *at = bytes;
	enum errcode r = E_OK;

	while (len > 0 && r == E_OK) {
		size_t part = len < 65536 ? len : 65536;
		ssize_t n;

		ERR_clear_error();
		n = p->ssl != NULL ? SSL_write(p->ssl, at, (int)part)
		                   : send(p->fd, at, part, MSG_NOSIGNAL);
		if (n > 0) {
			at += n;
			len -= (size_t)n;
		} else {
			r = p->ssl != NULL ? judge(p, (int)n, deadline)
			                   : judge_plain(p, POLLOUT, deadline);
		}
	}
	return r;
}

enum errcode
peer_recv(struct peer *p, void *bytes, size_t size, size_t *n, int64_t deadline)
{
	enum errcode r = E_OK;

	*n = 0;
	while (r == E_OK) {
		ssize_t got;

		ERR_clear_error();
		got = p->ssl != NULL ? SSL_read(p->ssl, bytes, (int)size)
		                     : recv(p->fd, bytes, size, 0);
		if (got > 0)
			*n = (size_t)got;
		if (got > 0 || (got == 0 && p->ssl == NULL) ||
		    (p->ssl != NULL && SSL_get_error(p->ssl, (int)got) == SSL_ERROR_ZERO_RETURN))
			return E_OK;
		r = p->ssl != NULL ? judge(p, (int)got, deadline)
		                   : judge_plain(p, POLLIN, deadline);
	}
	return r;
}

void
peer_close(struct peer *p)
{
	if (p == NULL)
		return;
	if (p->ssl != NULL && SSL_is_init_finished(p->ssl))
		(void)SSL_shutdown(p->ssl);
	SSL_free(p->ssl);
	ERR_clear_error();
	fdio_close(&p->fd);
	free(p);
}
