/* A server that answers what a test scripts, and the client that is under test. */
#ifndef TESTS_SUPPORT_HTTP_WORLD_H
#define TESTS_SUPPORT_HTTP_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/fdio.h"
#include "helper/worker/http.h"
#include "tests/support/tlsserver.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define LIMIT 64

struct world {
	struct tlsserver s;
	struct http *h;
	int watch[2];
	struct http_response r;
	struct err e;
};

static inline int
set_up(void **state)
{
	static struct world x;

	x = (struct world){ .h = NULL };
	*state = &x;
	tlsserver_listen(&x.s);
	return pipe(x.watch);
}

static inline int
tear_down(void **state)
{
	struct world *x = *state;

	http_response_clear(&x->r);
	http_free(x->h);
	tlsserver_stop(&x->s);
	fdio_close(&x->watch[0]);
	fdio_close(&x->watch[1]);
	return 0;
}

static inline int64_t
in(int64_t ms)
{
	return clock_boot_ms(&clock_system) + ms;
}

static inline void
client(struct world *x, const char *ca, int64_t timeout_ms)
{
	struct http_options o = { ca, "", timeout_ms, x->watch[0], &clock_system };

	http_free(x->h);
	assert_int_equal(http_new(&x->h, &o, NULL), E_OK);
}

static inline void
serve(struct world *x, const struct tlsserver_answer *a, size_t n)
{
	tlsserver_serve(&x->s, a, n);
	client(x, x->s.ca, 3000);
}

static inline enum errcode
get(struct world *x, const char *target)
{
	char url[128];

	x->e = (struct err){ .code = E_OK };
	http_response_clear(&x->r);
	(void)snprintf(url, sizeof(url), "%s%s", x->s.url, target);
	return http_request(x->h, url, NULL, NULL, LIMIT, in(5000), &x->r, &x->e);
}

/* One answer, one GET. */
static inline enum errcode
answered(struct world *x, const char *bytes, enum tlsserver_then then)
{
	const struct tlsserver_answer a = { "", bytes, then };

	serve(x, &a, 1);
	return get(x, "/x");
}

static inline void
refused(struct world *x, enum errcode want, const char *reason, const char *bytes,
    enum tlsserver_then then)
{
	assert_int_equal(answered(x, bytes, then), want);
	assert_string_equal(err_reason(&x->e), reason);
	assert_null(x->r.body);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
