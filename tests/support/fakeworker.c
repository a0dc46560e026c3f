/* A worker that does what the job's client_id says; started by the monitor's own code in its tests.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "helper/worker/channel.h"

static const struct channel chan = { .fd = 0, .clock = &clock_system };

static void
fail(enum errcode code, const char *reason, const char *text)
{
	struct err e = { .code = E_OK };

	(void)err_set(&e, code, reason, "%s", text);
	channel_fail(&chan, code, &e);
	exit(0);
}

/* What the process was given, as the text of a failure. */
static _Noreturn void
tell_state(void)
{
	char text[200], fds[80] = "";

	for (int i = 0, at = 0; i < 64; i++)
		if (fcntl(i, F_GETFD) >= 0 && at < 60)
			at += snprintf(fds + at, 8, " %d", i);
	(void)snprintf(text, sizeof(text), "uid=%u/%u gid=%u/%u dump=%d nnp=%d env=%d fds=%s",
	    getuid(), geteuid(), getgid(), getegid(), prctl(PR_GET_DUMPABLE),
	    prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), environ[0] != NULL, fds);
	fail(E_DENY, "state", text);
	abort();
}

static void
send_code(const char *uri)
{
	char code[] = "BCDFGHJK", page[128], whole[128];
	struct ipc_msg m = { .type = IPC_CODE,
		.code = { .user_code = code,
		    .verification_uri = page,
		    .verification_uri_complete = whole,
		    .expires_in = 3,
		    .interval = 1 } };

	(void)snprintf(page, sizeof(page), "%s/d", uri);
	(void)snprintf(whole, sizeof(whole), "%s/d?c=%s", uri, code);
	(void)!channel_send(&chan, &m, NULL);
}

static void
send_url(const char *origin)
{
	char url[128];
	struct ipc_msg m = { .type = IPC_BROWSE, .browse = { .url = url } };

	(void)snprintf(url, sizeof(url), "%s/authorize?state=s", origin);
	(void)!channel_send(&chan, &m, NULL);
}

static void
send_facts(const struct ipc_job *j, const char *name, bool member)
{
	struct identity id = { .flow = j->flow, .has_name = true, .has_groups = true };
	struct ipc_msg m = { .type = IPC_FACTS, .facts = &id };

	(void)snprintf(id.login_id, sizeof(id.login_id), "%s", j->login_id);
	(void)snprintf(id.issuer, sizeof(id.issuer), "%s", j->issuer);
	(void)snprintf(id.audience, sizeof(id.audience), "%s", j->client_id);
	(void)snprintf(id.sub, sizeof(id.sub), "s-1");
	(void)snprintf(id.alg, sizeof(id.alg), "ES256");
	(void)snprintf(id.name, sizeof(id.name), "%s", name);
	id.has_nonce = j->flow == IDENTITY_LOOPBACK;
	if (id.has_nonce)
		(void)snprintf(id.nonce, sizeof(id.nonce), "%s", j->nonce);
	id.iat = time(NULL);
	id.exp = id.iat + 600;
	if (member)
		identity_set_group(&id, 0);
	else
		id.other_groups = 3;
	(void)!channel_send(&chan, &m, NULL);
}

static void
await_poll(const struct ipc_job *j)
{
	struct ipc_msg poll = { 0 };

	if (channel_recv(&chan, IPC_POLL, &poll, j->deadline, NULL) != E_OK)
		exit(0);
}

static _Noreturn void
wait_forever(void)
{
	for (;;)
		(void)pause();
}

/* Behind the facts: exits as it is told to, or never. */
static void
await_revoke(const char *what)
{
	struct ipc_msg m = { 0 };
	bool told =
	    channel_recv(&chan, IPC_REVOKE, &m, clock_boot_ms(&clock_system) + 5000, NULL) == E_OK;

	while (told && strcmp(what, "linger") == 0)
		(void)pause();
	exit(told ? 7 : 8);
}

/* A login up to its code and the person's word, or to the browser's return. */
static void
log_in(struct ipc_job *j, const char *what)
{
	const struct ipc_msg pending = { .type = IPC_PENDING };

	if (j->flow == IDENTITY_LOOPBACK && strcmp(what, "code") != 0) {
		send_url(j->issuer);
		if (strcmp(what, "nobody-comes") == 0)
			wait_forever();
		while (strcmp(what, "late") == 0 && clock_left(&clock_system, j->deadline + 200) > 0)
			(void)usleep(20000);
		if (strcmp(what, "late") == 0)
			fail(E_CB, "cb.state", "somebody came for another login");
		if (strcmp(what, "other-flow") == 0)
			j->flow = IDENTITY_DEVICE;
		return;
	}
	send_code(j->issuer);
	await_poll(j);
	(void)!channel_send(&chan, &pending, NULL);
	await_poll(j);
}

int
main(void)
{
	struct ipc_msg job = { 0 };
	const char *what;

	if (channel_recv(&chan, IPC_JOB, &job, clock_boot_ms(&clock_system) + 5000, NULL) != E_OK)
		return 1;
	what = job.job.client_id;
	if (strcmp(what, "state") == 0)
		tell_state();
	if (strcmp(what, "babble") == 0)
		return write(0, "\x63garbage", 8) == 8 ? 0 : 1;
	if (strcmp(what, "deaf") == 0)
		wait_forever();
	if (strcmp(what, "told") == 0 || strcmp(what, "linger") == 0)
		await_revoke(what);
	if (strcmp(what, "dead") == 0)
		return 0;
	if (strcmp(what, "elsewhere") == 0) {
		send_code("https://evil.example");
		await_poll(&job.job);
	}
	if (strcmp(what, "url-elsewhere") == 0) {
		send_url("https://evil.example");
		wait_forever();
	}
	if (strcmp(what, "early") == 0)
		send_facts(&job.job, "alice", true);
	log_in(&job.job, what);
	if (strcmp(what, "late") == 0) /* the provider takes its time: the code has expired */
		(void)nanosleep(&(struct timespec){ .tv_sec = 3, .tv_nsec = 200000000 }, NULL);
	if (strcmp(what, "denied") == 0)
		fail(E_DENY, "dev.denied", "denied");
	send_facts(&job.job,
	    strcmp(what, "bob") == 0 || strcmp(what, "rooty") == 0 ? what : "alice",
	    strcmp(what, "nobody") != 0);
	ipc_clear(&job);
	return 0;
}
