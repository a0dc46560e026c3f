/* The sockets that wait for clients. */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "mock_idp/wire/listener.h"
#include "tests/support/unit.h"

static void
it_listens_where_it_says(void **state)
{
	struct listener l;
	struct address at;
	struct pollfd p = { .events = POLLIN };
	char want[80];
	int c, s;

	(void)state;
	address_loopback(&at, 0);
	assert_int_equal(listener_open(&l, LISTENER_EVIL_HTTP, &at, NULL), E_OK);
	assert_int_not_equal(address_port(&l.at), 0);
	(void)snprintf(want, sizeof(want), "http://127.0.0.1:%u", (unsigned)address_port(&l.at));
	assert_string_equal(l.origin, want);
	assert_int_equal(listener_accept(&l), -1);
	assert_int_equal(errno, EAGAIN);
	c = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(connect(c, (struct sockaddr *)&l.at.sa, l.at.len), 0);
	p.fd = l.fd;
	assert_int_equal(poll(&p, 1, 1000), 1);
	assert_true((s = listener_accept(&l)) >= 0);
	assert_true((fcntl(s, F_GETFL) & O_NONBLOCK) != 0);
	assert_true((fcntl(s, F_GETFD) & FD_CLOEXEC) != 0);
	(void)close(c);
	(void)close(s);
	listener_close(&l);
	assert_int_equal(l.fd, -1);
}

static void
a_port_in_use_is_an_error(void **state)
{
	struct listener l, m;
	struct address at;
	struct err e = { .code = E_OK };

	(void)state;
	address_loopback(&at, 0);
	assert_int_equal(listener_open(&l, LISTENER_ISSUER, &at, NULL), E_OK);
	assert_int_equal(listener_open(&m, LISTENER_ISSUER, &l.at, &e), E_NET);
	assert_int_equal(m.fd, -1);
	assert_int_equal(strncmp(e.text, "cannot listen on 127.0.0.1 port ", 32), 0);
	listener_close(&l);
}

static void
four_kinds(void **state)
{
	(void)state;
	assert_string_equal(listener_name(LISTENER_ISSUER), "issuer");
	assert_string_equal(listener_name(LISTENER_ORIGIN2), "origin2");
	assert_string_equal(listener_name(LISTENER_EVIL_HTTP), "evil_http");
	assert_string_equal(listener_name(LISTENER_EVIL_HTTPS), "evil_https");
	assert_false(listener_is_evil(LISTENER_ORIGIN2));
	assert_true(listener_is_evil(LISTENER_EVIL_HTTPS));
	assert_false(listener_has_tls(LISTENER_EVIL_HTTP));
	assert_true(listener_has_tls(LISTENER_EVIL_HTTPS));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_listens_where_it_says),
		cmocka_unit_test(a_port_in_use_is_an_error),
		cmocka_unit_test(four_kinds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
