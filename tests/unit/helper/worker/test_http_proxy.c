/* The configured proxy, and no other. */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helper/worker/http.h"
#include "tests/support/unit.h"

struct proxy {
	int fd;
	char url[64];
};

static struct proxy
listening(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct proxy p = { .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	socklen_t len = sizeof(a);

	assert_int_equal(bind(p.fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(p.fd, 4), 0);
	assert_int_equal(getsockname(p.fd, (struct sockaddr *)&a, &len), 0);
	(void)snprintf(p.url, sizeof(p.url), "http://127.0.0.1:%u", ntohs(a.sin_port));
	return p;
}

/* In a child: whoever comes must ask for that first line, and is refused. */
static pid_t
refuse(const struct proxy *p, const char *line)
{
	static const char no[] = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
	char in[512];
	pid_t pid = fork();
	ssize_t n;
	int fd;

	if (pid != 0)
		return pid;
	(void)alarm(10);
	fd = accept(p->fd, NULL, NULL);
	n = read(fd, in, sizeof(in) - 1);
	_exit(
	    n > 0 && strncmp(in, line, strlen(line)) == 0 && write(fd, no, strlen(no)) > 0 ? 0 : 1);
}

static enum errcode
ask(const char *proxy, const char *url, struct err *e)
{
	const struct http_options o = { "", proxy, 2000, -1, &clock_system };
	struct http_response r = { 0 };
	struct http *h = NULL;
	enum errcode got;

	*e = (struct err){ .code = E_OK };
	assert_int_equal(http_new(&h, &o, NULL), E_OK);
	got = http_request(h, url, NULL, NULL, 64, clock_boot_ms(&clock_system) + 3000, &r, e);
	http_response_clear(&r);
	http_free(h);
	return got;
}

/* It is told host and port, and sees TLS from there on: nothing of the request. */
static void
the_configured_proxy_is_asked_for_a_tunnel(void **state)
{
	struct proxy p = listening();
	pid_t pid = refuse(&p, "CONNECT auth.example.test:443 HTTP/1.1\r\n");
	struct err e;
	int st;

	(void)state;
	assert_int_equal(ask(p.url, "https://auth.example.test/secret", &e), E_NET);
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_int_equal(st, 0);
	(void)close(p.fd);
}

/* H-11: whoever starts a helper may have set them, and the exceptions too */
static void
the_environments_proxy_is_never_asked(void **state)
{
	struct proxy p = listening();
	struct err e;
	pid_t pid;
	int st;

	(void)state;
	(void)setenv("https_proxy", p.url, 1);
	(void)setenv("all_proxy", p.url, 1);
	/* nobody listens on port 1: refused at once, not in the proxy's backlog */
	assert_int_equal(ask("", "https://127.0.0.1:1/", &e), E_NET);
	assert_string_equal(err_reason(&e), "net.connect");
	(void)setenv("no_proxy", "*", 1);
	pid = refuse(&p, "CONNECT 127.0.0.1:1 HTTP/1.1\r\n");
	assert_int_equal(ask(p.url, "https://127.0.0.1:1/", &e), E_NET);
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_int_equal(st, 0);
	(void)close(p.fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_configured_proxy_is_asked_for_a_tunnel),
		cmocka_unit_test(the_environments_proxy_is_never_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
