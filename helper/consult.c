/* The provider's side of a login. */
#include "config.h"

#include "helper/consult.h"
#include "helper/decoy.h"
#include "helper/job.h"

#define PREPARE_MS 40000 /* discovery and the device request; less than MSG_FIRST_PATIENCE_MS */
#define LATE_MS 1500     /* after the deadline, for the worker to say what it was waiting for */

/* The job, and behind it what earlier logins left. */
static enum errcode
send_job(struct login *l)
{
	struct ipc_msg m;
	enum errcode r;

	keep_load(
	    &l->keep, &l->job.job, l->paths->cache, l->settings->provider.issuer, l->began_wall);
	r = worker_proc_send(&l->worker, &l->job, l->clock, l->deadline, &l->err);
	for (size_t at = 0; r == E_OK && keep_next(&l->keep, &at, &m);)
		r = worker_proc_send(&l->worker, &m, l->clock, l->deadline, &l->err);
	return r;
}

enum errcode
consult_start(struct login *l)
{
	struct account user;
	enum errcode r;

	if ((r = account_find(&user, WORKER_PROC_USER, &l->err)) != E_OK)
		return r;
	if (!user.exists || user.uid == 0 || user.gid == 0)
		return err_set(&l->err, E_CFG, "cfg.worker_user",
		    "the system user %s %s (useradd --system --no-create-home --shell "
		    "/usr/sbin/nologin %s)",
		    WORKER_PROC_USER, user.exists ? "must not be root" : "does not exist",
		    WORKER_PROC_USER);
	if ((r = job_make(&l->job, l->settings,
	         &(struct job_login){ .login_id = l->session.login_id,
	             .service = l->start.start.service,
	             .account = l->start.start.user,
	             .flow = l->flow.flow,
	             .started = l->began_wall,
	             .deadline = l->deadline },
	         &l->err)) != E_OK)
		return r;
	if ((r = worker_proc_start(&l->worker, l->paths->worker, user.uid, user.gid, &l->err)) !=
	    E_OK)
		return r;
	return send_job(l);
}

/* One message of the worker's; the person may cancel meanwhile. A failure that it reports becomes
 * ours. */
static enum errcode
one_report(struct login *l, struct ipc_msg *m, int64_t deadline)
{
	struct ipc_msg got = { 0 };
	enum errcode r;

	if ((r = session_wait(&l->session, l->worker.fd, deadline, &l->err)) != E_OK)
		return r;
	if ((r = worker_proc_recv(&l->worker, &got, l->clock, deadline, &l->err)) != E_OK)
		return r;
	if (got.type == IPC_FAILED) {
		r = err_set(&l->err, got.failed.code, got.failed.reason, "%s", got.failed.text);
		ipc_clear(&got);
		return r;
	}
	*m = got;
	return E_OK;
}

/* The next one that is about this login; those for later ones are taken by the way. */
static enum errcode
next_report(struct login *l, struct ipc_msg *m, int64_t deadline)
{
	enum errcode r;

	while ((r = one_report(l, m, deadline)) == E_OK && m->type == IPC_KEEP)
		if ((r = keep_take(&l->keep, m, clock_wall(l->clock), &l->err)) != E_OK)
			return r;
	return r;
}

static enum errcode
out_of_order(struct login *l, struct ipc_msg *m)
{
	unsigned type = m->type;

	ipc_clear(m);
	return err_set(&l->err, E_SYS, "ipc.order", "message %u of [B] out of order", type);
}

/* What the next stranger will be shown, written only where it changes; a failure costs likeness. */
static void
remember(const struct login *l)
{
	const char *issuer = l->settings->provider.issuer, *cache = l->paths->cache;
	struct decoy seen = { 0 }, known = { 0 };

	if (decoy_learn(&seen, issuer, &l->code.code, l->prepare_ms, NULL) == E_OK &&
	    (decoy_load(&known, cache, issuer, NULL) != E_OK || !decoy_is_same(&seen, &known)))
		(void)!decoy_store(&seen, cache, NULL);
	decoy_clear(&known);
	decoy_clear(&seen);
}

/* What the worker has to show, of this type. */
static enum errcode
something_to_show(struct login *l, struct ipc_msg *m, enum ipc_type type)
{
	int64_t limit = l->began + PREPARE_MS, late = l->deadline + LATE_MS;
	enum errcode r = next_report(l, m, limit < late ? limit : late);

	/* a provider that hangs is the worker's to report, and it has; a worker that is held up is
	 * no provider's fault */
	if (r == E_TIMEOUT) {
		l->err = (struct err){ .code = E_OK };
		return err_set(
		    &l->err, E_SYS, "sys.stalled", "the worker said nothing in its time");
	}
	if (r != E_OK)
		return r;
	return m->type == type ? E_OK : out_of_order(l, m);
}

enum errcode
consult_code(struct login *l)
{
	enum errcode r = something_to_show(l, &l->code, IPC_CODE);

	if (r != E_OK)
		return r;
	l->prepare_ms = (uint32_t)(clock_boot_ms(l->clock) - l->began);
	if ((r = job_check_code(&l->code.code, &l->settings->provider, &l->err)) == E_OK)
		remember(l);
	return r;
}

enum errcode
consult_browse(struct login *l)
{
	enum errcode r = something_to_show(l, &l->browse, IPC_BROWSE);

	return r != E_OK ? r : job_check_browse(&l->browse.browse, &l->settings->provider, &l->err);
}

enum errcode
consult_await(void *login, bool *done, struct err *e)
{
	struct login *l = login;
	struct ipc_msg m = { 0 };
	enum errcode r = next_report(l, &m, l->deadline + LATE_MS);

	(void)e; /* l->err is the same */
	if (r != E_OK)
		return r;
	if (m.type != IPC_FACTS)
		return out_of_order(l, &m);
	l->facts = m;
	*done = true;
	return E_OK;
}

enum errcode
consult_ask(void *login, bool *done, struct err *e)
{
	const struct ipc_msg poll = { .type = IPC_POLL };
	struct login *l = login;
	struct ipc_msg m = { 0 };
	enum errcode r;

	(void)e; /* l->err is the same */
	if ((r = worker_proc_send(&l->worker, &poll, l->clock, l->deadline, &l->err)) != E_OK ||
	    (r = next_report(l, &m, l->deadline)) != E_OK)
		return r;
	if (m.type == IPC_PENDING)
		return toll_pending(&l->toll, &l->err);
	if (m.type != IPC_FACTS)
		return out_of_order(l, &m);
	l->facts = m;
	*done = true;
	return E_OK;
}
