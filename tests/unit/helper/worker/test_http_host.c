/* What this host, not the provider, does to a request: it must never look like a provider that is
 * away. */
#include "config.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helper/worker/http.h"
#include "tests/support/unit.h"

/* A listener that accepts in the kernel alone: a handshake with it never ends. */
static int
mute(uint16_t *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	a.sin_port = htons(*port);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(fd, 4), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &len), 0);
	*port = ntohs(a.sin_port);
	return fd;
}

static enum errcode
ask(uint16_t port, const struct clock *c, struct err *e)
{
	struct http_response r = { 0 };
	struct http *h = NULL;
	char url[64];
	enum errcode got;

	(void)snprintf(url, sizeof(url), "https://127.0.0.1:%u/", port);
	assert_int_equal(http_new(&h, &(struct http_options){ "", "", 400, -1, c }, NULL), E_OK);
	got = http_request(h, url, NULL, NULL, 64, clock_boot_ms(c) + 5000, &r, e);
	http_response_clear(&r);
	http_free(h);
	return got;
}

/* Stands still for ten seconds once a tenth of one has passed, as a process does that is frozen. */
static int64_t
frozen(void *arg)
{
	int64_t began = *(const int64_t *)arg, now = clock_boot_ms(&clock_system);

	return now - began < 100 ? now : now + 10000;
}

/* Seven times as fast as it should: each wait takes more than a second, as for a process that its
 * cgroup gives a thousandth of a processor, in periods of the second that cpu.max allows at most.
 */
static int64_t
throttled(void *arg)
{
	int64_t began = *(const int64_t *)arg;

	return began + 7 * (clock_boot_ms(&clock_system) - began);
}

static int64_t
wall(void *arg)
{
	(void)arg;
	return 0;
}

static void
a_silent_server_is_the_networks_fault_unless_we_were_held_up(void **state)
{
	int64_t began = clock_boot_ms(&clock_system);
	const struct clock jump = { frozen, wall, &began }, slow = { throttled, wall, &began };
	struct err e = { .code = E_OK };
	uint16_t port = 0;
	int fd = mute(&port);

	(void)state;
	assert_int_equal(ask(port, &clock_system, &e), E_NET);
	assert_string_equal(err_reason(&e), "net.timeout");
	e = (struct err){ .code = E_OK };
	began = clock_boot_ms(&clock_system);
	assert_int_equal(ask(port, &jump, &e), E_SYS);
	assert_string_equal(err_reason(&e), "sys.stalled");
	e = (struct err){ .code = E_OK };
	began = clock_boot_ms(&clock_system);
	assert_int_equal(ask(port, &slow, &e), E_SYS);
	assert_string_equal(err_reason(&e), "sys.stalled");
	(void)close(fd);
}

/* A network of one port: loopback is up, and whoever connects gets 61000 or nothing. */
static bool
small_network(void)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int range, s;

	if (unshare(CLONE_NEWNET) != 0 || (s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0 ||
	    ioctl(s, SIOCSIFFLAGS, &lo) != 0)
		return false;
	range = open("/proc/sys/net/ipv4/ip_local_port_range", O_WRONLY | O_CLOEXEC);
	return range >= 0 && write(range, "61000 61000", 11) == 11;
}

/* In a network of its own each: the port of one connection is not free at once for the next. */
static int
in_small_network(bool taken, enum errcode want, const char *reason)
{
	struct err e = { .code = E_OK };
	uint16_t port = 5000, only = 61000;

	if (!small_network())
		return 77;
	(void)mute(&port);
	if (taken)
		(void)mute(&only);
	return ask(port, &clock_system, &e) == want && strcmp(err_reason(&e), reason) == 0 ? 0 : 1;
}

static void
expect(bool taken, enum errcode want, const char *reason)
{
	pid_t pid = fork();
	int st;

	if (pid == 0)
		_exit(in_small_network(taken, want, reason));
	assert_int_equal(waitpid(pid, &st, 0), pid);
	if (WIFEXITED(st) && WEXITSTATUS(st) == 77)
		skip();
	assert_int_equal(st, 0);
}

static void
ports_that_somebody_took_are_not_the_providers_fault(void **state)
{
	(void)state;
	expect(false, E_NET, "net.timeout");
	expect(true, E_SYS, "sys.net");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_silent_server_is_the_networks_fault_unless_we_were_held_up),
		cmocka_unit_test(ports_that_somebody_took_are_not_the_providers_fault),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
