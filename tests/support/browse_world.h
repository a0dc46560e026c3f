/* The loopback flow against a provider: what a browser was sent to, and what it brings back. */
#ifndef TESTS_SUPPORT_BROWSE_WORLD_H
#define TESTS_SUPPORT_BROWSE_WORLD_H

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "tests/support/flow_world.h"

#define NONCE ",\"nonce\":\"6e6f6e6365\""
#define ALICE ",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\"]"

static char redirect[] = "http://127.0.0.1/callback";

static inline int
set_up_browse(void **state)
{
	struct world *x;

	if (set_up(state) != 0)
		return 1;
	x = *state;
	x->job.flow = IDENTITY_LOOPBACK;
	x->job.nonce_required = true;
	x->job.redirect_uri = redirect;
	return 0;
}

/* Where the browser shall go. */
static inline const char *
hear_url(struct world *x)
{
	static char url[IPC_BROWSE_MAX + 1];
	struct ipc_msg m;

	assert_int_equal(hear(x, &m), IPC_BROWSE);
	(void)snprintf(url, sizeof(url), "%s", m.browse.url);
	ipc_clear(&m);
	return url;
}

/* A parameter of a URL, as it stands there. */
static inline const char *
param(const char *url, const char *name)
{
	static char value[4][512];
	static size_t turn;
	char want[64], *dst = value[turn++ % 4];
	const char *at = strchr(url, '?');

	(void)snprintf(want, sizeof(want), "%s=", name);
	while (at != NULL && strncmp(at + 1, want, strlen(want)) != 0)
		at = strchr(at + 1, '&');
	assert_non_null(at);
	at += 1 + strlen(want);
	(void)snprintf(dst, sizeof(value[0]), "%.*s", (int)strcspn(at, "&"), at);
	return dst;
}

/* Brings this query to the redirect URI; the status of the answer, 0 when nobody listens. */
static inline int
bring(uint16_t port, const char *query)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	char text[4096];
	size_t at = 0;
	ssize_t n;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), status = 0;

	if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0) {
		n = snprintf(text, sizeof(text),
		    "GET /callback?%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", query,
		    (unsigned)port);
		assert_int_equal(send(fd, text, (size_t)n, MSG_NOSIGNAL), n);
		while (
		    at < sizeof(text) - 1 && (n = read(fd, text + at, sizeof(text) - 1 - at)) > 0)
			at += (size_t)n;
		text[at] = '\0';
		(void)sscanf(text, "HTTP/1.1 %d ", &status);
	}
	(void)close(fd);
	return status;
}

/* All requests that the provider has seen. */
static inline const char *
journal(const struct world *x)
{
	static char text[65536];
	FILE *f = fopen(x->s.journal, "r");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	(void)fclose(f);
	text[n] = '\0';
	return text;
}

static inline void
expect_alice(struct world *x)
{
	struct ipc_msg m;

	assert_int_equal(hear(x, &m), IPC_FACTS);
	assert_int_equal(m.facts->flow, IDENTITY_LOOPBACK);
	assert_string_equal(m.facts->name, "alice");
	assert_string_equal(m.facts->nonce, nonce);
	ipc_clear(&m);
}

#endif
