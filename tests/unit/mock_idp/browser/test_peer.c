/* A connection to something on loopback. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "common/clock.h"
#include "mock_idp/browser/peer.h"
#include "tests/support/tlsserver.h"
#include "tests/unit/mock_idp/browser/plainserver.h"

static int64_t
in(int64_t ms)
{
	return clock_boot_ms(&clock_system) + ms;
}

/* Everything that comes up to the end. */
static enum errcode
hear(struct peer *p, char *text, size_t size)
{
	enum errcode r = E_OK;
	size_t len = 0, n = 1;

	while (r == E_OK && n > 0 && len < size - 1) {
		r = peer_recv(p, text + len, size - 1 - len, &n, in(5000));
		len += n;
	}
	text[len] = '\0';
	return r;
}

static void
bytes_go_and_come_without_tls(void **state)
{
	const char *const answers[] = { "hello", NULL };
	struct plainserver s;
	char text[256];
	struct peer *p;

	(void)state;
	plainserver_start(&s, answers);
	assert_int_equal(peer_open(&p, &s.url, NULL, in(5000), NULL), E_OK);
	assert_int_equal(peer_send(p, "one\r\n\r\n", 7, in(5000)), E_OK);
	assert_int_equal(hear(p, text, sizeof(text)), E_OK);
	assert_string_equal(text, "hello");
	peer_close(p);
	plainserver_stop(&s, text, sizeof(text));
	assert_string_equal(text, "one\r\n\r\n");
}

/* A server that answers once; opens it with that host in the URL, trusting ca. */
static enum errcode
open_tls(const char *host, bool right_ca, enum tlsserver_then then, char *text, size_t size)
{
	const struct tlsserver_answer answers[] = { { "", "hello", then } };
	enum errcode r = E_OK;
	struct tlsserver s;
	struct loopurl u;
	char url[128];
	SSL_CTX *ctx;
	struct peer *p;

	tlsserver_listen(&s);
	tlsserver_serve(&s, answers, 1);
	(void)snprintf(url, sizeof(url), "https://%s%s/", host, strrchr(s.url, ':'));
	assert_int_equal(loopurl_parse(url, &u, NULL), E_OK);
	assert_int_equal(peer_trust(s.ca, &ctx, NULL), E_OK);
	if (!right_ca)
		SSL_CTX_set_cert_store(ctx, X509_STORE_new());
	if ((r = peer_open(&p, &u, ctx, in(5000), NULL)) == E_OK) {
		assert_int_equal(peer_send(p, "GET / \r\n\r\n", 10, in(5000)), E_OK);
		r = hear(p, text, size);
	}
	peer_close(p);
	SSL_CTX_free(ctx);
	loopurl_clear(&u);
	tlsserver_stop(&s);
	return r;
}

static void
bytes_go_and_come_with_tls(void **state)
{
	char text[64];

	(void)state;
	assert_int_equal(open_tls("127.0.0.1", true, TLSSERVER_CLOSE, text, sizeof(text)), E_OK);
	assert_string_equal(text, "hello");
	assert_int_equal(open_tls("localhost", true, TLSSERVER_CLOSE, text, sizeof(text)), E_OK);
	assert_string_equal(text, "hello");
}

static void
an_end_without_goodbye_is_an_end(void **state)
{
	char text[64];

	(void)state;
	assert_int_equal(open_tls("127.0.0.1", true, TLSSERVER_CUT, text, sizeof(text)), E_OK);
	assert_string_equal(text, "hello");
}

static void
a_certificate_of_somebody_else_is_refused(void **state)
{
	char text[64];

	(void)state;
	assert_int_equal(open_tls("127.0.0.1", false, TLSSERVER_CLOSE, text, sizeof(text)), E_TLS);
	assert_int_equal(open_tls("127.0.0.2", true, TLSSERVER_CLOSE, text, sizeof(text)), E_NET);
}

/* The server's certificate names 127.0.0.1 and localhost: another address is another host. */
static void
a_certificate_for_another_name_is_refused(void **state)
{
	struct tlsserver s;
	struct err e = { .code = E_OK };
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_ANY) } };
	struct loopurl u;
	socklen_t len = sizeof(a);
	char url[64];
	SSL_CTX *ctx;
	struct peer *p;

	(void)state;
	tlsserver_listen(&s);
	(void)close(s.listener);
	assert_true((s.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) >= 0);
	assert_int_equal(bind(s.listener, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(s.listener, 8), 0);
	assert_int_equal(getsockname(s.listener, (struct sockaddr *)&a, &len), 0);
	tlsserver_serve(&s, NULL, 0);
	(void)snprintf(url, sizeof(url), "https://127.0.0.2:%u/", ntohs(a.sin_port));
	assert_int_equal(loopurl_parse(url, &u, NULL), E_OK);
	assert_int_equal(peer_trust(s.ca, &ctx, NULL), E_OK);
	assert_int_equal(peer_open(&p, &u, ctx, in(5000), &e), E_TLS);
	assert_null(p);
	assert_non_null(strstr(e.text, "IP address mismatch"));
	SSL_CTX_free(ctx);
	/* unless nobody is to be checked */
	assert_int_equal(peer_trust(NULL, &ctx, NULL), E_OK);
	assert_int_equal(peer_open(&p, &u, ctx, in(5000), NULL), E_OK);
	peer_close(p);
	SSL_CTX_free(ctx);
	loopurl_clear(&u);
	tlsserver_stop(&s);
}

static void
a_closed_port_is_told_from_a_silent_one(void **state)
{
	const char *const silent[] = { NULL };
	struct plainserver s;
	char text[64];
	struct peer *p;
	size_t n;
	int v;

	(void)state;
	plainserver_start(&s, silent);
	plainserver_stop(&s, text, sizeof(text));
	assert_int_equal(loopurl_parse("http://127.0.0.1:1/", &s.url, NULL), E_OK);
	assert_int_equal(peer_open(&p, &s.url, NULL, in(5000), NULL), E_NET);
	loopurl_clear(&s.url);

	/* a socket that listens and is never asked */
	assert_true((v = socket(AF_INET, SOCK_STREAM, 0)) >= 0);
	assert_int_equal(listen(v, 8), 0);
	{
		struct sockaddr_in a;
		socklen_t len = sizeof(a);

		assert_int_equal(getsockname(v, (struct sockaddr *)&a, &len), 0);
		(void)snprintf(text, sizeof(text), "http://127.0.0.1:%u/", ntohs(a.sin_port));
	}
	assert_int_equal(loopurl_parse(text, &s.url, NULL), E_OK);
	assert_int_equal(peer_open(&p, &s.url, NULL, in(5000), NULL), E_OK);
	assert_int_equal(peer_recv(p, text, sizeof(text), &n, in(20)), E_TIMEOUT);
	assert_int_equal(n, 0);
	peer_close(p);
	/* and that says nothing of TLS */
	s.url.tls = true;
	{
		SSL_CTX *ctx;

		assert_int_equal(peer_trust(NULL, &ctx, NULL), E_OK);
		assert_int_equal(peer_open(&p, &s.url, ctx, in(20), NULL), E_TIMEOUT);
		SSL_CTX_free(ctx);
	}
	loopurl_clear(&s.url);
	(void)close(v);
}

static void
a_ca_file_must_hold_one(void **state)
{
	struct err e = { .code = E_OK };
	SSL_CTX *ctx;

	(void)state;
	assert_int_equal(peer_trust("/dev/null", &ctx, &e), E_CFG);
	assert_null(ctx);
	assert_non_null(strstr(e.text, "/dev/null"));
	assert_int_equal(peer_trust("/nonexistent", &ctx, NULL), E_CFG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_go_and_come_without_tls),
		cmocka_unit_test(bytes_go_and_come_with_tls),
		cmocka_unit_test(an_end_without_goodbye_is_an_end),
		cmocka_unit_test(a_certificate_of_somebody_else_is_refused),
		cmocka_unit_test(a_certificate_for_another_name_is_refused),
		cmocka_unit_test(a_closed_port_is_told_from_a_silent_one),
		cmocka_unit_test(a_ca_file_must_hold_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
