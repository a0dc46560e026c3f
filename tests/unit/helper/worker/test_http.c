/* One HTTPS request at a time, against answers that no server library would send. */
#include "config.h"

#include <sys/wait.h>

#include "tests/support/http_world.h"

/* C-167, H-08 */
static void
an_answer_comes_whole(void **state)
{
	struct world *x = *state;

	assert_int_equal(answered(x,
	                     OK "Content-Type: Application/JSON; charset=utf-8\r\n"
	                        "Content-Length: 2\r\nRetry-After: 7\r\n\r\n{}",
	                     TLSSERVER_KEEP),
	    E_OK);
	assert_int_equal(x->r.status, 200);
	assert_string_equal(x->r.content_type, "application/json");
	assert_int_equal(x->r.retry_after, 7);
	assert_int_equal(buf_len(x->r.body), 2);
	assert_int_equal(tlsserver_count(&x->s, "GET /x HTTP/1.1\r\n"), 1);
	assert_int_equal(tlsserver_count(&x->s, "\r\nAccept: application/json\r\n"), 1);
	assert_int_equal(tlsserver_count(&x->s, "Expect"), 0);
	assert_int_equal(tlsserver_count(&x->s, "ccept-Encoding"), 0);
}

static void
what_is_absent_or_no_number_is_told(void **state)
{
	struct world *x = *state;

	assert_int_equal(answered(x,
	                     "HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n"
	                     "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n\r\n",
	                     TLSSERVER_KEEP),
	    E_OK);
	assert_int_equal(x->r.status, 429);
	assert_string_equal(x->r.content_type, "");
	assert_int_equal(x->r.retry_after, -1);
}

static enum errcode
post(struct world *x, const char *target, const char *text)
{
	struct buf *form = buf_new(64);
	enum errcode r;
	char url[128];

	x->e = (struct err){ .code = E_OK };
	http_response_clear(&x->r);
	assert_int_equal(buf_puts(form, text), E_OK);
	(void)snprintf(url, sizeof(url), "%s%s", x->s.url, target);
	r = http_request(
	    x->h, url, form, "Authorization: Basic QQ==", LIMIT, in(5000), &x->r, &x->e);
	buf_free(form);
	return r;
}

/* C-167 */
static void
a_form_is_posted_with_its_authorization(void **state)
{
	const struct tlsserver_answer a = { "/token", OK "Content-Length: 0\r\n\r\n",
		TLSSERVER_KEEP };
	struct world *x = *state;

	serve(x, &a, 1);
	assert_int_equal(post(x, "/token", "client_id=me&x=1"), E_OK);
	assert_int_equal(tlsserver_count(&x->s, "POST /token HTTP/1.1\r\n"), 1);
	assert_int_equal(tlsserver_count(&x->s, "\r\nAuthorization: Basic QQ==\r\n"), 1);
	assert_int_equal(
	    tlsserver_count(&x->s, "\r\nContent-Type: application/x-www-form-urlencoded\r\n"), 1);
	assert_int_equal(tlsserver_count(&x->s, "\r\n\r\nclient_id=me&x=1"), 1);
	assert_int_equal(tlsserver_count(&x->s, "\r\nContent-Length: 16\r\n"), 1);
}

/* The next request must not carry what the last one proved itself with, nor what an answer asked to
 * be kept in mind. C-172 net.cookie */
static void
two_requests_share_a_connection_and_nothing_else(void **state)
{
	const struct tlsserver_answer a = { "",
		OK "Set-Cookie: sid=1; Path=/\r\nAlt-Svc: h2=\":1\"; ma=99\r\n"
		   "Strict-Transport-Security: max-age=99\r\n"
		   "Link: <https://127.0.0.1:1/>; rel=preload\r\nContent-Length: 0\r\n\r\n",
		TLSSERVER_KEEP };
	struct world *x = *state;

	serve(x, &a, 1);
	assert_int_equal(post(x, "/one", "a=1"), E_OK);
	assert_int_equal(get(x, "/two"), E_OK);
	assert_int_equal(tlsserver_count(&x->s, "TLS\n"), 1);
	assert_int_equal(tlsserver_count(&x->s, "GET /two "), 1);
	assert_int_equal(tlsserver_count(&x->s, "Authorization"), 1);
	assert_int_equal(tlsserver_count(&x->s, "ookie"), 0);
}

/*
 * A form that may have arrived is never sent again: libcurl would, on a new connection, when one
 * that was used before breaks without a byte of an answer. C-046, D-13
 */
static void
a_form_is_sent_once_though_the_connection_breaks(void **state)
{
	const struct tlsserver_answer a[] = {
		{ "/one", OK "Content-Length: 0\r\n\r\n", TLSSERVER_KEEP },
		{ "/token", "", TLSSERVER_CUT },
	};
	struct world *x = *state;

	serve(x, a, 2);
	assert_int_equal(get(x, "/one"), E_OK);
	assert_int_equal(post(x, "/token", "device_code=d-1"), E_NET);
	assert_string_equal(err_reason(&x->e), "net.connect");
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 1);
	assert_int_equal(tlsserver_count(&x->s, "device_code=d-1"), 1);
	assert_int_equal(get(x, "/one"), E_OK);
}

/* C-046: what may not be sent twice is sent on a connection that nobody used before */
static void
nothing_is_left_of_a_connection_that_was_hung_up(void **state)
{
	const struct tlsserver_answer a = { "", OK "Content-Length: 0\r\n\r\n", TLSSERVER_KEEP };
	struct world *x = *state;

	serve(x, &a, 1);
	assert_int_equal(get(x, "/one"), E_OK);
	assert_int_equal(http_hang_up(x->h, &x->e), E_OK);
	assert_int_equal(get(x, "/two"), E_OK);
	assert_int_equal(tlsserver_count(&x->s, "TLS\n"), 2);
}

/* C-050, H-09 */
static void
a_redirect_is_an_answer_and_is_not_followed(void **state)
{
	struct world *x = *state;
	const struct tlsserver_answer a[] = {
		{ "/x", "HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n",
		    TLSSERVER_KEEP },
		{ "/y", OK "Content-Length: 0\r\n\r\n", TLSSERVER_KEEP },
	};

	serve(x, a, 2);
	assert_int_equal(get(x, "/x"), E_OK);
	assert_int_equal(x->r.status, 302);
	assert_int_equal(tlsserver_count(&x->s, "GET "), 1);
}

/* H-08 */
static void
what_is_compressed_stays_so(void **state)
{
	struct world *x = *state;

	assert_int_equal(answered(x,
	                     OK "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b"
	                        "zz",
	                     TLSSERVER_KEEP),
	    E_OK);
	assert_memory_equal(buf_data(x->r.body), "\x1f\x8bzz", 4);
}

/* C-156 net.tls.*, H-10 */
static void
refuses_the_certificate_of_another_ca(void **state)
{
	const struct tlsserver_answer a = { "", OK "Content-Length: 0\r\n\r\n", TLSSERVER_KEEP };
	struct world *x = *state;
	struct tlsserver other;

	serve(x, &a, 1);
	tlsserver_listen(&other);
	tlsserver_serve(&other, &a, 1);
	client(x, other.ca, 3000);
	assert_int_equal(get(x, "/"), E_TLS);
	assert_string_equal(err_reason(&x->e), "net.tls");
	client(x, "", 3000); /* the system's do not know it either */
	assert_int_equal(get(x, "/"), E_TLS);
	assert_int_equal(tlsserver_count(&x->s, "GET"), 0); /* new libcurls end the handshake */
	client(x, x->s.ca, 3000);
	assert_int_equal(get(x, "/"), E_OK);
	tlsserver_stop(&other);
}

/* C-156 net.tls.*, H-10 */
static void
refuses_a_certificate_for_another_name(void **state)
{
	const struct tlsserver_answer a = { "", OK "Content-Length: 0\r\n\r\n", TLSSERVER_KEEP };
	struct world *x = *state;
	char url[64];

	serve(x, &a, 1);
	(void)snprintf(url, sizeof(url), "https://127.0.0.2%s/", strrchr(x->s.url, ':'));
	if (http_request(x->h, url, NULL, NULL, LIMIT, in(2000), &x->r, &x->e) == E_OK)
		fail();
	(void)snprintf(url, sizeof(url), "https://localhost%s/", strrchr(x->s.url, ':'));
	assert_int_equal(http_request(x->h, url, NULL, NULL, LIMIT, in(2000), &x->r, NULL), E_OK);
}

static void
a_ca_file_that_is_not_there_is_the_operators_fault(void **state)
{
	const struct tlsserver_answer a = { "", OK "Content-Length: 0\r\n\r\n", TLSSERVER_KEEP };
	struct world *x = *state;

	serve(x, &a, 1);
	client(x, "/nonexistent/ca.pem", 3000);
	assert_int_equal(get(x, "/"), E_CFG);
	assert_string_equal(err_reason(&x->e), "cfg.ca_file");
}

/* C-155, H-09 */
static void
only_https_is_spoken(void **state)
{
	static const char *const url[] = { "http://127.0.0.1/", "file:///etc/passwd",
		"ftp://127.0.0.1/", "gopher://127.0.0.1/" };
	struct world *x = *state;

	client(x, x->s.ca, 3000);
	for (size_t i = 0; i < sizeof(url) / sizeof(url[0]); i++) {
		struct err e = { .code = E_OK };

		assert_int_equal(
		    http_request(x->h, url[i], NULL, NULL, LIMIT, in(1000), &x->r, &e), E_PROTO);
		assert_string_equal(err_reason(&e), "http.reply");
	}
}

static void
a_port_where_nobody_listens_is_the_network(void **state)
{
	struct world *x = *state;

	client(x, "", 3000);
	fdio_close(&x->s.listener);
	assert_int_equal(get(x, "/"), E_NET);
	assert_string_equal(err_reason(&x->e), "net.connect");
}

/* H-03 */
static void
a_silent_server_ends_at_the_requests_limit(void **state)
{
	const struct tlsserver_answer a = { "", "HTTP/1.1 200 OK\r\n", TLSSERVER_HANG };
	struct world *x = *state;
	int64_t before = in(0), took;

	tlsserver_serve(&x->s, &a, 1);
	client(x, x->s.ca, 300);
	assert_int_equal(get(x, "/"), E_NET);
	took = in(0) - before;
	assert_in_range(took, 250, 1000);
}

/* H-03 */
static void
a_silent_server_ends_at_the_deadline(void **state)
{
	const struct tlsserver_answer a = { "", "", TLSSERVER_HANG };
	struct world *x = *state;
	int64_t before;

	serve(x, &a, 1);
	before = in(0);
	assert_int_equal(
	    http_request(x->h, x->s.url, NULL, NULL, LIMIT, in(300), &x->r, &x->e), E_TIMEOUT);
	assert_string_equal(err_reason(&x->e), "net.timeout");
	assert_in_range(in(0) - before, 250, 900);
}

/* H-03, H-12: a port that accepts and never says a byte of TLS. */
static void
a_handshake_that_stalls_ends_at_the_deadline(void **state)
{
	struct world *x = *state;
	int64_t before = in(0);

	client(x, "", 3000);
	assert_int_equal(
	    http_request(x->h, x->s.url, NULL, NULL, LIMIT, in(300), &x->r, &x->e), E_TIMEOUT);
	assert_in_range(in(0) - before, 250, 900);
}

/* C-152, D-19 */
static void
the_monitors_end_ends_a_request_within_a_second(void **state)
{
	const struct tlsserver_answer a = { "", "", TLSSERVER_HANG };
	struct world *x = *state;
	int64_t before = in(0);
	pid_t pid;

	serve(x, &a, 1);
	if ((pid = fork()) == 0) {
		(void)usleep(200000); /* the last writer of the pipe */
		_exit(0);
	}
	fdio_close(&x->watch[1]);
	assert_int_equal(get(x, "/"), E_CLOSED);
	assert_string_equal(err_reason(&x->e), "b.gone");
	assert_in_range(in(0) - before, 150, 1000);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* C-156, H-11 */
static void
the_environment_has_no_say(void **state)
{
	const struct tlsserver_answer a = { "", OK "Content-Length: 0\r\n\r\n", TLSSERVER_KEEP };
	struct world *x = *state;

	assert_int_equal(setenv("https_proxy", "http://127.0.0.1:1", 1), 0);
	assert_int_equal(setenv("ALL_PROXY", "http://127.0.0.1:1", 1), 0);
	assert_int_equal(setenv("CURL_CA_BUNDLE", "/nonexistent", 1), 0);
	serve(x, &a, 1);
	assert_int_equal(get(x, "/"), E_OK);
	(void)unsetenv("https_proxy");
	(void)unsetenv("ALL_PROXY");
	(void)unsetenv("CURL_CA_BUNDLE");
}

static void
after_a_failure_the_next_request_works(void **state)
{
	const struct tlsserver_answer a[] = { { "/bad", OK "\r\n{}", TLSSERVER_CUT },
		{ "/good", OK "Content-Length: 2\r\n\r\n{}", TLSSERVER_KEEP } };
	struct world *x = *state;

	serve(x, a, 2);
	assert_int_equal(get(x, "/bad"), E_PROTO);
	assert_int_equal(get(x, "/good"), E_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(an_answer_comes_whole),
		CASE(what_is_absent_or_no_number_is_told),
		CASE(a_form_is_posted_with_its_authorization),
		CASE(two_requests_share_a_connection_and_nothing_else),
		CASE(a_form_is_sent_once_though_the_connection_breaks),
		CASE(nothing_is_left_of_a_connection_that_was_hung_up),
		CASE(a_redirect_is_an_answer_and_is_not_followed),
		CASE(what_is_compressed_stays_so),
		CASE(refuses_the_certificate_of_another_ca),
		CASE(refuses_a_certificate_for_another_name),
		CASE(a_ca_file_that_is_not_there_is_the_operators_fault),
		CASE(only_https_is_spoken),
		CASE(a_port_where_nobody_listens_is_the_network),
		CASE(a_silent_server_ends_at_the_requests_limit),
		CASE(a_silent_server_ends_at_the_deadline),
		CASE(a_handshake_that_stalls_ends_at_the_deadline),
		CASE(the_monitors_end_ends_a_request_within_a_second),
		CASE(the_environment_has_no_say),
		CASE(after_a_failure_the_next_request_works),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
