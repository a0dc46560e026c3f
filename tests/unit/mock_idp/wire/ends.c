/* Both ends of a connection in one thread. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/unit.h"
#include "tests/unit/mock_idp/wire/ends.h"

/* whom the answers are for: conn_answer_fn has no argument to say it */
static struct ends *current;

static void
answer(struct world *w, struct exchange *x, int bad)
{
	struct ends *e = current;

	e->asked++;
	e->bad = bad;
	(void)snprintf(e->alpn, sizeof(e->alpn), "%s", x->alpn == NULL ? "" : x->alpn);
	(void)snprintf(e->sni, sizeof(e->sni), "%s", x->sni == NULL ? "" : x->sni);
	(void)snprintf(
	    e->version, sizeof(e->version), "%s", x->tls_version == NULL ? "" : x->tls_version);
	msg_reply_text(&x->rep, bad == 0 ? 200 : bad, "text/plain", ENDS_BODY);
	x->rep.close = x->req.close || bad != 0;
	x->fault = &e->fault;
	journal_record(&w->journal, x, x->arrived_us - w->start_us);
}

static struct fault
faults_of(const char *text, enum fault_place place)
{
	json_t *list = text == NULL ? json_array() : json_loads(text, 0, NULL);
	struct fault f;

	assert_int_equal(fault_parse(list, place, &f, NULL), E_OK);
	json_decref(list);
	return f;
}

void
ends_open(struct ends *e, struct fixture *f, enum listener_kind kind, const char *faults)
{
	struct fault meets = faults_of(faults, FAULT_OF_CONNECTION);
	struct conn_setup how = { .from = &e->from, .answer = answer, .fault = &meets, .id = 7 };
	struct pollfd p = { .events = POLLIN };
	struct address at;
	int one = 1;

	memset(e, 0, sizeof(*e));
	current = e;
	e->f = f;
	(void)signal(SIGPIPE, SIG_IGN);
	assert_int_equal(
	    certs_make(&e->certs, "127.0.0.1", "localhost", NULL, 1800000000, NULL), E_OK);
	assert_non_null(e->server_ctx = how.ctx = tlsctx_new(&e->certs, NULL));
	assert_non_null(e->client_ctx = SSL_CTX_new(TLS_client_method()));
	address_loopback(&at, 0);
	assert_int_equal(listener_open(&e->from, kind, &at, NULL), E_OK);
	e->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(e->fd, (struct sockaddr *)&e->from.at.sa, e->from.at.len), 0);
	assert_int_equal(setsockopt(e->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)), 0);
	assert_int_equal(fcntl(e->fd, F_SETFL, O_NONBLOCK), 0);
	p.fd = e->from.fd;
	assert_int_equal(poll(&p, 1, 1000), 1);
	assert_non_null(e->conn = conn_new(&how, listener_accept(&e->from), f->ms));
	fault_clear(&meets);
}

void
ends_close(struct ends *e)
{
	SSL_free(e->client);
	(void)close(e->fd);
	conn_free(e->conn);
	listener_close(&e->from);
	SSL_CTX_free(e->server_ctx);
	SSL_CTX_free(e->client_ctx);
	certs_clear(&e->certs);
	fault_clear(&e->fault);
	current = NULL;
}

static void
step(struct ends *e)
{
	if (e->conn != NULL && !conn_step(e->conn, &e->f->w)) {
		conn_free(e->conn);
		e->conn = NULL;
	}
}

bool
ends_shake(struct ends *e)
{
	int n = 0;

	e->client = SSL_new(e->client_ctx);
	assert_int_equal(SSL_set_fd(e->client, e->fd), 1);
	assert_int_equal(SSL_set_tlsext_host_name(e->client, "idp.test"), 1);
	assert_int_equal(
	    SSL_set_alpn_protos(e->client, (const unsigned char *)"\x08http/1.1", 9), 0);
	for (int i = 0; i < 20 && n != 1; i++) {
		n = SSL_connect(e->client);
		step(e);
	}
	step(e);
	return n == 1;
}

void
ends_meet(struct ends *e, struct fixture *f)
{
	ends_open(e, f, LISTENER_ISSUER, NULL);
	assert_true(ends_shake(e));
}

void
ends_faults(struct ends *e, const char *faults)
{
	fault_clear(&e->fault);
	e->fault = faults_of(faults, FAULT_OF_ANSWER);
}

/* One read of the client; true: something came. */
static bool
pull(struct ends *e)
{
	char *to = e->got + e->ngot;
	size_t room = sizeof(e->got) - 1 - e->ngot;
	ssize_t n;

	if (e->broken != 0)
		return false;
	errno = 0;
	n = e->client == NULL ? recv(e->fd, to, room, 0) : SSL_read(e->client, to, (int)room);
	if (n > 0) {
		e->ngot += (size_t)n;
		return true;
	}
	if (e->client != NULL && SSL_get_error(e->client, (int)n) == SSL_ERROR_ZERO_RETURN)
		e->eof = true;
	else if (e->client == NULL && n == 0)
		e->eof = true;
	else if (e->client != NULL && SSL_get_error(e->client, (int)n) == SSL_ERROR_SSL)
		e->broken = EPIPE;
	else if (errno != EAGAIN)
		e->broken = errno;
	return false;
}

/* Even over loopback bytes take a moment. */
static bool
moves(const struct ends *e)
{
	struct pollfd p[2] = { { .fd = e->eof || e->broken != 0 ? -1 : e->fd, .events = POLLIN },
		{ .fd = -1 } };

	if (e->conn != NULL) {
		p[1].fd = conn_fd(e->conn);
		p[1].events = conn_events(e->conn);
	}
	return poll(p, 2, 10) > 0;
}

const char *
ends_wait(struct ends *e, int64_t ms)
{
	e->f->ms += ms;
	for (int quiet = 0; quiet < 2 && e->ngot < sizeof(e->got) - 1;) {
		step(e);
		if (pull(e))
			quiet = 0;
		else
			quiet += !moves(e);
	}
	e->got[e->ngot] = '\0';
	return e->got;
}

const char *
ends_say(struct ends *e, const char *text)
{
	size_t len = strlen(text);

	e->ngot = 0;
	if (e->client == NULL)
		assert_int_equal(send(e->fd, text, len, MSG_NOSIGNAL), (ssize_t)len);
	else
		assert_int_equal(SSL_write(e->client, text, (int)len), (int)len);
	return ends_wait(e, 0);
}
