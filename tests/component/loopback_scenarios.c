/*
 * loopback_scenarios PROGRAM: every scenario of PROGRAM (latchkey-mock-idp) that needs the loopback
 * flow, against the worker's own flow in a process of this test's; the browser is PROGRAM's, in the
 * way that the scenario says. It must end with the class and the reason that stand there, and the
 * provider's journal must agree with "then".
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "common/fdio.h"
#include "helper/worker/flow_loopback.h"
#include "proto/chan.h"
#include "tests/support/idp/process.h"

#define AT_ONCE 8
#define WAIT_MS 40000 /* cb.slow takes 20 ms a byte */
#define SHORT_MS 4000 /* where the end is the time limit's */
#define ARGS_MAX 24

static char none[] = "", client[] = "linux-login", basic[] = "linux-basic",
            secret[] = "basic-secret";
static char id[] = "3f9c01aa", nonce[] = "6e6f6e6365-6e6f6e6365", hint[] = "a&b%0a\xc3\xa4";
static char scopes[] = "openid profile groups", name[] = "preferred_username", groups[] = "groups";
static char array[] = "array", rs256[] = "RS256", redirect[] = "http://127.0.0.1/callback";
static char *algs[] = { rs256 }, *names[] = { groups };

struct trial {
	const json_t *s; /* the scenario */
	char *program;
	struct process p; /* the provider */
	int fd;           /* the monitor's end of [B] */
	pid_t worker, browser;
	char issuer[256], ca[1024];
};

static const char *
text(const json_t *s, const char *member)
{
	const char *v = json_string_value(json_object_get(s, member));

	return v == NULL ? "" : v;
}

static bool
needs(const struct trial *t, const char *what)
{
	return strstr(text(t->s, "needs"), what) != NULL;
}

/* Whether the wait ends with the time limit: nothing came, or nothing that counts (cb.state). */
static bool
ends_late(const struct trial *t)
{
	const char *class = text(t->s, "class"), *reason = text(t->s, "reason");

	return strcmp(class, "EXP") == 0 || strcmp(reason, "cb.state") == 0 ||
	    strcmp(reason, "cb.jarm") == 0;
}

static struct ipc_job
job_of(struct trial *t)
{
	bool confidential = needs(t, "client linux-basic");

	(void)snprintf(t->issuer, sizeof(t->issuer), "%s", process_says(&t->p, "issuer"));
	(void)snprintf(t->ca, sizeof(t->ca), "%s", process_says(&t->p, "ca"));
	return (struct ipc_job){ .login_id = id,
		.issuer = t->issuer,
		.client_id = confidential ? basic : client,
		.client_auth = confidential ? IPC_AUTH_BASIC : IPC_AUTH_NONE,
		.client_secret = confidential ? secret : none,
		.audience = IPC_AUDIENCE_ISSUER,
		.client_key = none,
		.client_key_id = none,
		.scopes = scopes,
		.ca_file = t->ca,
		.username_claim = name,
		.groups_claim = groups,
		.nonce = nonce,
		.device_endpoint = none,
		.groups_format = array,
		.http_proxy = none,
		.acr_values = none,
		.redirect_uri = redirect,
		.login_hint = needs(t, "login_hint") ? hint : none,
		.flow = IDENTITY_LOOPBACK,
		.par = needs(t, "PAR"),
		.nonce_required = true,
		.skew = 60,
		.http_timeout = 3,
		.deadline = clock_boot_ms(&clock_system) + (ends_late(t) ? SHORT_MS : WAIT_MS),
		.started = time(NULL),
		.algorithms = { algs, 1 },
		.group_names = { names, 1 } };
}

static _Noreturn void
be_the_worker(struct trial *t, int fd)
{
	const struct channel c = { .fd = fd, .clock = &clock_system };
	const struct ipc_job job = job_of(t);
	struct err e = { .code = E_OK };
	enum errcode r = flow_loopback_run(&c, &(struct rp_start){ .job = &job }, &e);

	if (r != E_OK)
		channel_fail(&c, r == E_TIMEOUT ? E_EXP : r, &e);
	_exit(0);
}

static void
start_worker(struct trial *t)
{
	int pair[2];

	if (chan_pair(pair, NULL) != E_OK || (t->worker = fork()) < 0)
		exit(99);
	if (t->worker == 0) {
		(void)close(pair[1]);
		be_the_worker(t, pair[0]);
	}
	(void)close(pair[0]);
	t->fd = pair[1];
}

/* The provider's own browser, in the way that the scenario says. */
static void
start_browser(struct trial *t, char *url)
{
	const json_t *options = json_object_get(t->s, "browser");
	char word[] = "browser", ca[] = "--ca", timeout[] = "--timeout", seconds[] = "30";
	char *argv[ARGS_MAX] = { t->program, word, ca, t->ca, timeout, seconds };
	size_t n = 6, i;
	json_t *v;

	json_array_foreach(options, i, v) if (n < ARGS_MAX - 2) argv[n++] =
	    strdup(json_string_value(v));
	argv[n] = url;
	if ((t->browser = fork()) != 0)
		return;
	if (freopen("/dev/null", "w", stdout) != NULL)
		(void)execv(t->program, argv);
	_exit(99);
}

/* The next message that is about this login. */
static bool
hear(struct trial *t, struct ipc_msg *m)
{
	int64_t end = clock_boot_ms(&clock_system) + WAIT_MS + SHORT_MS;
	struct buf *b = buf_new(IPC_MAX);
	bool ok;

	do
		ok = chan_recv(t->fd, b, IPC_MAX, &clock_system, end, NULL) == E_OK &&
		    ipc_decode(buf_data(b), buf_len(b), m, NULL) == E_OK;
	while (ok && m->type == IPC_KEEP && (ipc_clear(m), true));
	buf_free(b);
	return ok;
}

static bool
is_as_expected(const struct trial *t, const struct ipc_msg *m, char why[256])
{
	const char *class = text(t->s, "class"), *reason = text(t->s, "reason");
	bool good = strcmp(class, "OK") == 0 || strcmp(class, "REQ") == 0;

	if (m->type == IPC_FACTS) {
		(void)snprintf(why, 256, "facts of %.200s", m->facts->name);
		return good && strcmp(m->facts->name, "alice") == 0;
	}
	(void)snprintf(
	    why, 256, "%s %s: %s", err_name(m->failed.code), m->failed.reason, m->failed.text);
	return !good && strcasecmp(err_name(m->failed.code), class) == 0 &&
	    strcmp(m->failed.reason, reason) == 0;
}

/* What the provider saw. */
static bool
journal_agrees(const struct trial *t, char why[256])
{
	const json_t *then = json_object_get(t->s, "then");
	char line[256];
	json_t *v;
	size_t i;

	json_array_foreach(then, i, v)
	{
		(void)snprintf(line, sizeof(line), "expect %s", json_string_value(v));
		if (!process_command(&t->p, line)) {
			(void)snprintf(why, 256, "the journal: not %.200s", line);
			return false;
		}
	}
	return true;
}

static bool
play(struct trial *t, char why[256])
{
	struct ipc_msg m = { 0 };
	bool ok;

	start_worker(t);
	if (!hear(t, &m))
		return false;
	if (m.type == IPC_BROWSE) {
		start_browser(t, m.browse.url);
		ipc_clear(&m);
		if (!hear(t, &m))
			return false;
	}
	ok = is_as_expected(t, &m, why);
	ipc_clear(&m);
	return ok && journal_agrees(t, why);
}

/* In a process of its own; the exit status. */
static int
run(struct trial *t)
{
	char option[] = "--scenario", why[256] = "no word of the worker's";
	char *scenario = strdup(text(t->s, "id"));
	char *argv[] = { t->program, option, scenario, NULL };
	bool ok = false;
	int status;

	if (process_start(&t->p, argv)) {
		/* before the fork: the child writes its own copy */
		(void)job_of(t);
		ok = play(t, why);
		if (t->fd >= 0)
			(void)close(t->fd);
		if (t->worker > 0)
			(void)waitpid(t->worker, &status, 0);
		if (t->browser > 0)
			(void)waitpid(t->browser, &status, 0);
		process_stop(&t->p);
	}
	if (!ok)
		(void)printf("FAIL %s: expected %s %s, got %s\n", scenario, text(t->s, "class"),
		    text(t->s, "reason"), why);
	free(scenario);
	return ok ? 0 : 1;
}

/* One more has ended: whether it failed. */
static size_t
reap(size_t *running)
{
	int status = 1;

	if (wait(&status) > 0)
		--*running;
	return status != 0;
}

int
main(int argc, char **argv)
{
	char list[] = "--list", json[] = "--json";
	size_t i, n = 0, running = 0, failed = 0;
	json_t *all, *s;

	if (argc < 2 || (all = process_json((char *[]){ argv[1], list, json, NULL })) == NULL)
		return 99;
	json_array_foreach(all, i, s)
	{
		struct trial t = { .s = s, .program = argv[1], .fd = -1 };

		if (strncmp(text(s, "needs"), "loopback", 8) != 0 ||
		    (argc > 2 && strcmp(text(s, "id"), argv[2]) != 0))
			continue;
		while (running >= AT_ONCE)
			failed += reap(&running);
		(void)fflush(stdout);
		n++;
		running++;
		if (fork() == 0)
			exit(run(&t));
	}
	while (running > 0)
		failed += reap(&running);
	(void)printf("%zu scenarios, %zu failures\n", n, failed);
	json_decref(all);
	return failed == 0 && n > 0 ? 0 : 1;
}
