/* latchkey-worker: talks to the provider for one login, without rights; started by latchkey-helper
 * alone. */
#include "config.h"

#include <signal.h>
#include <stdio.h>

#include "common/clock.h"
#include "helper/oidc/json.h"
#include "helper/sys/confine.h"
#include "helper/worker/channel.h"
#include "helper/worker/flow_device.h"
#include "helper/worker/flow_loopback.h"

#define JOB_MS 5000

/* The documents that the job announced, into v; *n so many of them are there. */
static enum errcode
receive_cached(const struct channel *c, struct ipc_msg v[IPC_KINDS], struct ipc_document cached[],
    size_t want, size_t *n, struct err *e)
{
	enum errcode r = E_OK;

	for (*n = 0; *n < want && r == E_OK; *n += r == E_OK)
		if ((r = channel_recv(
		         c, IPC_CACHED, &v[*n], clock_boot_ms(c->clock) + JOB_MS, e)) == E_OK)
			cached[*n] = v[*n].document;
	return r;
}

static enum errcode
run(const struct channel *c, const struct rp_start *start, struct err *e)
{
	switch (start->job->flow) {
	case IDENTITY_DEVICE:
		return flow_device_run(c, start, e);
	case IDENTITY_LOOPBACK:
		return flow_loopback_run(c, start, e);
	}
	return E_FORMAT;
}

int
main(void)
{
	struct channel c = { .fd = 0, .clock = &clock_system };
	struct ipc_msg job = { 0 }, v[IPC_KINDS] = { { 0 } };
	struct ipc_document cached[IPC_KINDS];
	struct rp_start start = { .job = &job.job, .cached = cached };
	struct err e = { .code = E_OK };
	enum errcode r;

	if (!confine_worker_started()) {
		fputs("latchkey-worker is started by latchkey-helper, never by hand\n", stderr);
		return 2;
	}
	json_harden();
	/* libcurl leaves it to us with CURLOPT_NOSIGNAL: a connection that breaks is no reason to
	 * die */
	(void)signal(SIGPIPE, SIG_IGN);
	if (channel_recv(&c, IPC_JOB, &job, clock_boot_ms(c.clock) + JOB_MS, &e) != E_OK ||
	    receive_cached(&c, v, cached, job.job.cached, &start.ncached, &e) != E_OK)
		return 1;
	r = run(&c, &start, &e);
	if (r != E_OK && r != E_CLOSED)
		channel_fail(&c, r == E_TIMEOUT ? E_EXP : r, &e);
	for (size_t i = 0; i < start.ncached; i++)
		ipc_clear(&v[i]);
	ipc_clear(&job);
	return r == E_OK ? 0 : 1;
}
