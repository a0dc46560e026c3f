/* One TLS connection. */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mock_idp/wire/tlsctx.h"
#include "mock_idp/wire/conn.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define PAGE "GET /consent/openid/device-authorization HTTP/1.1\r\nHost: " FIXTURE_HOST "\r\n"
#define SAYS(text) talk(&e, text, sizeof(text) - 1)

/* Both ends of a connection in one thread. */
struct ends {
	struct fixture *f;
	struct certs certs;
	SSL_CTX *server_ctx, *client_ctx;
	struct conn *conn; /* NULL: over */
	SSL *client;
	int fd;
	char got[8192];
	size_t ngot;
	bool eof; /* close_notify came */
};

static void
step_server(struct ends *e)
{
	if (e->conn != NULL && !conn_step(e->conn, &e->f->w)) {
		conn_free(e->conn);
		e->conn = NULL;
	}
}

static void
set_up(struct ends *e, struct fixture *f)
{
	int v[2], n = 0;

	memset(e, 0, sizeof(*e));
	e->f = f;
	assert_int_equal(certs_make(&e->certs, "127.0.0.1", NULL, 1800000000, NULL), E_OK);
	assert_non_null(e->server_ctx = tlsctx_new(&e->certs, NULL));
	assert_non_null(e->client_ctx = SSL_CTX_new(TLS_client_method()));
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, v), 0);
	assert_non_null(e->conn = conn_new(e->server_ctx, v[0], 7, f->ms));
	e->fd = v[1];
	e->client = SSL_new(e->client_ctx);
	assert_int_equal(SSL_set_fd(e->client, e->fd), 1);
	for (int i = 0; i < 20 && n != 1; i++) {
		n = SSL_connect(e->client);
		step_server(e);
	}
	assert_int_equal(n, 1);
}

static void
take_down(struct ends *e)
{
	SSL_free(e->client);
	(void)close(e->fd);
	conn_free(e->conn);
	SSL_CTX_free(e->server_ctx);
	SSL_CTX_free(e->client_ctx);
	certs_clear(&e->certs);
}

static void
pull(struct ends *e)
{
	int n;

	step_server(e);
	n = SSL_read(e->client, e->got + e->ngot, (int)(sizeof(e->got) - 1 - e->ngot));
	if (n > 0)
		e->ngot += (size_t)n;
	e->got[e->ngot] = '\0';
	e->eof = e->eof || (SSL_get_shutdown(e->client) & SSL_RECEIVED_SHUTDOWN) != 0;
}

static const char *
talk(struct ends *e, const char *text, size_t len)
{
	e->ngot = 0;
	assert_int_equal(SSL_write(e->client, text, (int)len), (int)len);
	for (int i = 0; i < 10; i++)
		pull(e);
	return e->got;
}

static size_t
count_answers(const char *text)
{
	size_t n = 0;

	while ((text = strstr(text, "HTTP/1.1 200 OK\r\n")) != NULL) {
		text++;
		n++;
	}
	return n;
}

static void
stays_open_between_requests(void **state)
{
	struct ends e;

	set_up(&e, *state);
	assert_int_equal(count_answers(SAYS(PAGE "\r\n")), 1);
	e.f->ms += CONN_IDLE_MS - 1;
	assert_int_equal(count_answers(SAYS(PAGE "\r\n")), 1);
	assert_int_equal(conn_deadline(e.conn), e.f->ms + CONN_IDLE_MS);
	take_down(&e);
}

static void
the_journal_says_how_a_request_came(void **state)
{
	struct ends e;
	json_t *o;
	char *text;

	set_up(&e, *state);
	e.f->ms += 5;
	assert_int_equal(count_answers(SAYS(PAGE "X-Odd: 1\r\n\r\n")), 1);
	o = entry_json(journal_at(&e.f->w.journal, 0), true);
	text = json_dumps(o, JSON_COMPACT);
	assert_non_null(strstr(text,
	    "\"us\":5000,\"conn\":7,\"listener\":\"issuer\",\"tls\":{\"version\":\"TLSv1.3\"},"
	    "\"ep\":\"page\""));
	assert_non_null(strstr(text, "[\"X-Odd\",\"1\"]"));
	assert_non_null(strstr(text, "\"answered_us\":5000"));
	free(text);
	json_decref(o);
	(void)SAYS("nonsense\xff\r\n\r\n");
	o = entry_json(journal_at(&e.f->w.journal, 1), true);
	assert_string_equal(
	    json_string_value(json_object_get(o, "bytes")), "nonsense\\xff\r\n\r\n");
	json_decref(o);
	take_down(&e);
}

static void
a_dropped_request_gets_no_answer(void **state)
{
	struct ends e;

	set_up(&e, *state);
	e.f->w.drop_next = 1;
	assert_string_equal(SAYS(PAGE "\r\n"), "");
	assert_null(e.conn);
	assert_int_equal(journal_at(&e.f->w.journal, 0)->answered, -1);
	take_down(&e);
}

static void
answers_two_requests_in_one_write_and_one_in_two(void **state)
{
	struct ends e;

	set_up(&e, *state);
	assert_int_equal(count_answers(SAYS(PAGE "\r\n" PAGE "\r\n")), 2);
	assert_int_equal(count_answers(SAYS(PAGE)), 0);
	assert_int_equal(conn_deadline(e.conn), e.f->ms + CONN_IO_MS);
	assert_int_equal(count_answers(SAYS("\r\n")), 1);
	take_down(&e);
}

static void
says_goodbye_when_asked_to_close(void **state)
{
	struct ends e;

	set_up(&e, *state);
	assert_int_equal(count_answers(SAYS(PAGE "Connection: close\r\n\r\n")), 1);
	assert_non_null(strstr(e.got, "\r\nConnection: close\r\n"));
	assert_true(e.eof);
	/* waits for the client, but not for long */
	assert_non_null(e.conn);
	e.f->ms += 1000;
	step_server(&e);
	assert_null(e.conn);
	take_down(&e);
}

static void
an_idle_connection_ends(void **state)
{
	struct ends e;

	set_up(&e, *state);
	e.f->ms += CONN_IDLE_MS;
	step_server(&e);
	assert_null(e.conn);
	take_down(&e);
}

static void
junk_is_answered_with_a_refusal(void **state)
{
	struct ends e;

	set_up(&e, *state);
	assert_int_equal(strncmp(SAYS("\x01\x02\r\n\r\n"), "HTTP/1.1 400 ", 13), 0);
	assert_true(e.eof);
	take_down(&e);
}

static void
junk_instead_of_tls_ends_it(void **state)
{
	struct fixture *f = *state;
	struct certs certs;
	SSL_CTX *ctx;
	struct conn *c;
	int v[2];

	assert_int_equal(certs_make(&certs, "127.0.0.1", NULL, 1800000000, NULL), E_OK);
	assert_non_null(ctx = tlsctx_new(&certs, NULL));
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, v), 0);
	assert_non_null(c = conn_new(ctx, v[0], 1, f->ms));
	assert_true(conn_step(c, &f->w));
	assert_int_equal(write(v[1], "GET / HTTP/1.1\r\n\r\n", 18), 18);
	assert_false(conn_step(c, &f->w));
	conn_free(c);
	(void)close(v[1]);
	SSL_CTX_free(ctx);
	certs_clear(&certs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(stays_open_between_requests, fixture_reset),
		cmocka_unit_test_setup(the_journal_says_how_a_request_came, fixture_reset),
		cmocka_unit_test_setup(a_dropped_request_gets_no_answer, fixture_reset),
		cmocka_unit_test_setup(
		    answers_two_requests_in_one_write_and_one_in_two, fixture_reset),
		cmocka_unit_test_setup(says_goodbye_when_asked_to_close, fixture_reset),
		cmocka_unit_test_setup(an_idle_connection_ends, fixture_reset),
		cmocka_unit_test_setup(junk_is_answered_with_a_refusal, fixture_reset),
		cmocka_unit_test_setup(junk_instead_of_tls_ends_it, fixture_reset),
	};
	/* as the server has it */
	if (signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return 1;
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
