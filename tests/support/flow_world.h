/* A provider, a worker that runs a flow against it in a child, and the monitor's end of
 * [B] in the test. */
#ifndef TESTS_SUPPORT_FLOW_WORLD_H
#define TESTS_SUPPORT_FLOW_WORLD_H

#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include "common/fdio.h"
#include "helper/worker/flow_device.h"
#include "helper/worker/flow_loopback.h"
#include "proto/chan.h"
#include "tests/support/mint.h"
#include "tests/support/tlsserver.h"

#define PENDING "{\"error\":\"authorization_pending\"}"
#define ANSWERS 16

static char client[] = "linux-login", none[] = "", id[] = "3f9c01aa", nonce[] = "6e6f6e6365";
static char scopes[] = "openid profile groups", username[] = "preferred_username";
static char groups[] = "groups", array[] = "array", es256[] = "ES256", users[] = "linux-users";
static char *algs[] = { es256 }, *names[] = { users };

struct world {
	struct tlsserver s;
	struct tlsserver_answer answer[ANSWERS];
	char *bytes[ANSWERS];
	size_t n;
	EVP_PKEY *key;
	const struct clock *clock; /* the worker's */
	struct ipc_job job;
	struct ipc_document cached[IPC_KINDS];
	size_t ncached;
	char *kept[IPC_KINDS]; /* the last KEEP of each kind that hear() met */
	int fd;                /* the monitor's end */
	pid_t worker;
};

static inline int
set_up(void **state)
{
	static struct world x;

	x = (struct world){
		.fd = -1, .worker = -1, .key = mint_ec("P-256"), .clock = &clock_system
	};
	*state = &x;
	tlsserver_listen(&x.s);
	x.job = (struct ipc_job){ .login_id = id,
		.issuer = x.s.url,
		.client_id = client,
		.client_auth = IPC_AUTH_NONE,
		.audience = IPC_AUDIENCE_ISSUER,
		.client_secret = none,
		.client_key = none,
		.client_key_id = none,
		.scopes = scopes,
		.ca_file = x.s.ca,
		.username_claim = username,
		.groups_claim = groups,
		.nonce = nonce,
		.device_endpoint = none,
		.groups_format = array,
		.http_proxy = none,
		.acr_values = none,
		.redirect_uri = none,
		.login_hint = none,
		.flow = IDENTITY_DEVICE,
		.skew = 60,
		.http_timeout = 3,
		.deadline = clock_boot_ms(&clock_system) + 9000,
		.started = time(NULL),
		.algorithms = { algs, 1 },
		.group_names = { names, 1 } };
	return 0;
}

static inline int
tear_down(void **state)
{
	struct world *x = *state;

	fdio_close(&x->fd);
	if (x->worker > 0)
		(void)waitpid(x->worker, NULL, 0);
	for (size_t i = 0; i < x->n; i++)
		free(x->bytes[i]);
	for (size_t i = 0; i < IPC_KINDS; i++) {
		free(x->cached[i].body);
		free(x->kept[i]);
	}
	EVP_PKEY_free(x->key);
	tlsserver_stop(&x->s);
	return 0;
}

static inline void
answer(struct world *x, const char *target, char *bytes)
{
	assert_true(x->n < ANSWERS);
	x->bytes[x->n] = bytes;
	x->answer[x->n++] = (struct tlsserver_answer){ target, bytes, TLSSERVER_KEEP };
}

static inline void
answer_json(struct world *x, const char *target, const char *status, const char *body)
{
	answer(x, target, tlsserver_json(status, body));
}

/* Discovery, the device authorization and the keys, as a good provider gives them. */
static inline void
good_start(struct world *x, const char *more)
{
	char text[1024], *jwk = mint_jwk(x->key, "P-256", "\"kid\":\"k1\",\"use\":\"sig\"");
	char *set = mint_jwks(jwk, NULL);

	(void)snprintf(text, sizeof(text),
	    "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/jwks\",\"token_endpoint\":\"%s/token\","
	    "\"userinfo_endpoint\":\"%s/userinfo\","
	    "\"authorization_endpoint\":\"%s/auth\","
	    "\"device_authorization_endpoint\":\"%s/device\"%s}",
	    x->s.url, x->s.url, x->s.url, x->s.url, x->s.url, x->s.url, more);
	answer_json(x, "/.well-known/", "200 OK", text);
	(void)snprintf(text, sizeof(text),
	    "{\"device_code\":\"dc-1\",\"user_code\":\"BCDFGHJK\",\"verification_uri\":\"%s/d\","
	    "\"verification_uri_complete\":\"%s/d?c=BCDFGHJK\",\"expires_in\":60,\"interval\":1}",
	    x->s.url, x->s.url);
	answer_json(x, "/device", "200 OK", text);
	answer_json(x, "/jwks", "200 OK", set);
	free(jwk);
	free(set);
}

/* A token answer whose ID token holds these claims besides the usual ones. */
static inline void
good_token(struct world *x, const char *claims)
{
	char payload[1024], body[4096], *token;
	long now = (long)time(NULL);

	(void)snprintf(payload, sizeof(payload),
	    "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"s-1\",\"iat\":%ld,\"exp\":%ld%s}", x->s.url,
	    client, now, now + 600, claims);
	token = mint_token(x->key, "{\"alg\":\"ES256\",\"kid\":\"k1\"}", payload);
	(void)snprintf(body, sizeof(body),
	    "{\"access_token\":\"at-1\",\"token_type\":\"bearer\",\"expires_in\":60,"
	    "\"id_token\":\"%s\"}",
	    token);
	free(token);
	answer_json(x, "/token", "200 OK", body);
}

static inline _Noreturn void
be_the_worker(const struct world *x, int fd)
{
	const struct channel c = { .fd = fd, .clock = x->clock };
	struct err e = { .code = E_OK };
	const struct rp_start s = { &x->job, x->cached, x->ncached };
	enum errcode r = x->job.flow == IDENTITY_LOOPBACK ? flow_loopback_run(&c, &s, &e)
	                                                  : flow_device_run(&c, &s, &e);

	if (r != E_OK && r != E_CLOSED)
		channel_fail(&c, r, &e);
	_exit((int)r);
}

static inline void
start_worker(struct world *x)
{
	int pair[2];

	assert_int_equal(chan_pair(pair, NULL), E_OK);
	if ((x->worker = fork()) == 0) {
		(void)close(pair[1]);
		be_the_worker(x, pair[0]);
	}
	(void)close(pair[0]);
	x->fd = pair[1];
}

static inline void
start(struct world *x)
{
	tlsserver_serve(&x->s, x->answer, x->n);
	start_worker(x);
}

static inline enum ipc_type
hear_one(struct world *x, struct ipc_msg *m)
{
	struct buf *b = buf_new(IPC_MAX);

	assert_int_equal(
	    chan_recv(x->fd, b, IPC_MAX, &clock_system, clock_boot_ms(&clock_system) + 9000, NULL),
	    E_OK);
	assert_int_equal(ipc_decode(buf_data(b), buf_len(b), m, NULL), E_OK);
	buf_free(b);
	return m->type;
}

/* What is about this login; documents for later ones are noted by the way. */
static inline enum ipc_type
hear(struct world *x, struct ipc_msg *m)
{
	while (hear_one(x, m) == IPC_KEEP) {
		char **kept = &x->kept[m->document.kind - 1];

		free(*kept);
		*kept = strdup(m->document.body);
		ipc_clear(m);
	}
	return m->type;
}

static inline void
poll_once(struct world *x)
{
	const uint8_t poll[] = { IPC_POLL };

	assert_int_equal(write(x->fd, poll, 1), 1);
}

static inline void
fails_with(struct world *x, enum errcode code, const char *reason)
{
	struct ipc_msg m;

	assert_int_equal(hear(x, &m), IPC_FAILED);
	assert_string_equal(m.failed.reason, reason);
	assert_int_equal(m.failed.code, code);
	ipc_clear(&m);
}

static inline void
expect_code(struct world *x)
{
	struct ipc_msg m;

	assert_int_equal(hear(x, &m), IPC_CODE);
	assert_string_equal(m.code.user_code, "BCDFGHJK");
	assert_int_equal(m.code.interval, 1);
	ipc_clear(&m);
}

/* Up to the person's first Enter. */
static inline void
begin(struct world *x)
{
	start(x);
	expect_code(x);
	poll_once(x);
}

/* One login to its facts. */
static inline void
expect_facts(struct world *x, struct ipc_msg *m)
{
	begin(x);
	assert_int_equal(hear(x, m), IPC_FACTS);
}

#endif
