/* One login from START to VERDICT. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <syslog.h>

#include "helper/approval.h"
#include "helper/award.h"
#include "helper/decoy.h"
#include "helper/gate.h"
#include "helper/job.h"
#include "helper/keep.h"
#include "helper/login.h"
#include "helper/policy/verdict.h"
#include "helper/report.h"
#include "helper/session.h"
#include "helper/settings.h"
#include "helper/sys/account.h"
#include "helper/sys/tickets.h"
#include "helper/worker_proc.h"

#define PREPARE_MS 40000 /* discovery and the device request; less than MSG_FIRST_PATIENCE_MS */
#define LATE_MS 1500     /* after the deadline, for the worker to say what it was waiting for */
#define STRANGER_MARGIN_MS 250 /* the pace of a real poll: interval and margin */

struct login {
	const struct login_paths *paths;
	const struct clock *clock;
	struct session session;
	struct msg start; /* MSG_START once the session is open */
	struct settings *settings;
	const struct settings_login *rules; /* borrowed from settings */
	struct account account;
	const char *exempt;      /* reason id of an IGNORE, NULL: none */
	int64_t began, deadline; /* boot ms */
	int64_t began_wall;
	struct utsname host;
	struct worker_proc worker;
	struct ipc_msg job, code, facts;
	struct keep keep;
	uint32_t prepare_ms;
	int64_t next_ask; /* a decoy's pace, boot ms */
	struct verdict verdict;
	struct grant grant;
	char ticket[TICKET_NAME_LEN + 1];
	struct err err;
};

/* Settings and the account: what decides whether there is a login at all. */
static enum errcode
prepare(struct login *l, enum gate *gate)
{
	const struct msg_start *m = &l->start.start;
	const struct strlist *narrow;
	const char *reason;
	enum errcode r;

	/* first of all, so that a mistake in the configuration never stands between root and its
	 * own password */
	if ((r = account_find(&l->account, m->user, &l->err)) != E_OK)
		return r;
	*gate = GATE_EXEMPT;
	if (l->account.exists && l->account.uid == 0) {
		l->exempt = "exempt.root";
		return E_OK;
	}
	if ((r = settings_load(&l->settings, l->paths->vendor, l->paths->conf, 0, &l->err)) != E_OK)
		return r;
	l->rules = settings_login_for(l->settings, m->service, &narrow);
	l->deadline = l->began + (int64_t)l->rules->time_limit * 1000;
	*gate = gate_judge(l->settings, l->rules, m->service, m->user, &l->account, &reason);
	if (*gate == GATE_EXEMPT)
		l->exempt = reason;
	if (*gate == GATE_STRANGER && l->rules->strangers == SETTINGS_STRANGERS_SERVE)
		*gate = GATE_LOGIN;
	return E_OK;
}

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

static enum errcode
start_worker(struct login *l)
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

static enum errcode
receive_code(struct login *l)
{
	struct ipc_msg m = { 0 };
	int64_t limit = l->began + PREPARE_MS, late = l->deadline + LATE_MS;
	enum errcode r = next_report(l, &m, limit < late ? limit : late);

	/* a provider that hangs is the worker's to report, and it has; a worker that is held up is
	 * no provider's fault */
	if (r == E_TIMEOUT) {
		l->err = (struct err){ .code = E_OK };
		return err_set(
		    &l->err, E_SYS, "sys.stalled", "the worker said nothing in its time");
	}
	if (r != E_OK)
		return r;
	if (m.type != IPC_CODE)
		return out_of_order(l, &m);
	l->code = m;
	l->prepare_ms = (uint32_t)(clock_boot_ms(l->clock) - l->began);
	if ((r = job_check_code(&l->code.code, &l->settings->provider, &l->err)) == E_OK)
		remember(l);
	return r;
}

/* approval's ask: one POLL, one answer. */
static enum errcode
ask_worker(void *arg, bool *done, struct err *e)
{
	const struct ipc_msg poll = { .type = IPC_POLL };
	struct login *l = arg;
	struct ipc_msg m = { 0 };
	enum errcode r;

	(void)e; /* l->err is the same */
	if ((r = worker_proc_send(&l->worker, &poll, l->clock, l->deadline, &l->err)) != E_OK ||
	    (r = next_report(l, &m, l->deadline)) != E_OK)
		return r;
	if (m.type == IPC_PENDING)
		return E_OK;
	if (m.type != IPC_FACTS)
		return out_of_order(l, &m);
	l->facts = m;
	*done = true;
	return E_OK;
}

/* approval's ask for a decoy: waits as a poll would, and is never approved. */
static enum errcode
ask_nobody(void *arg, bool *done, struct err *e)
{
	struct login *l = arg;
	int64_t now = clock_boot_ms(l->clock), pace;
	enum errcode r;

	(void)done;
	pace = (int64_t)(l->code.code.interval > 0 ? l->code.code.interval : 1) * 1000 +
	    STRANGER_MARGIN_MS;
	if (l->next_ask == 0)
		l->next_ask = l->began + l->prepare_ms + pace;
	if (l->next_ask < now)
		l->next_ask = now;
	if (l->next_ask >= l->deadline)
		return err_set(e, E_EXP, "dev.expired", "not approved within the time limit");
	/* and then the time that a request takes */
	r = session_wait(&l->session, -1, l->next_ask + decoy_latency(l->prepare_ms), e);
	if (r == E_TIMEOUT) {
		l->err = (struct err){ .code = E_OK };
		r = E_OK;
	}
	l->next_ask = clock_boot_ms(l->clock) + pace;
	return r;
}

/* The screen, and the wait behind it; a code that expires earlier than the time limit shortens it.
 */
static enum errcode
approve(struct login *l, enum errcode (*ask)(void *, bool *, struct err *))
{
	const struct ipc_code *c = &l->code.code;
	int64_t expires = clock_boot_ms(l->clock) + (int64_t)c->expires_in * 1000;
	struct approval a = {
		.session = &l->session,
		.screen = { .host = l->host.nodename,
		    .service = l->start.start.service,
		    .account = l->start.start.user,
		    .provider = l->settings->provider.name,
		    .uri = c->verification_uri,
		    .uri_complete = c->verification_uri_complete,
		    .user_code = c->user_code },
		.enter = l->rules->prompt != SETTINGS_PROMPT_NONE,
		.ask = ask,
		.ask_junk = ask_nobody,
		.arg = l,
	};

	if (expires < l->deadline)
		l->deadline = expires;
	a.deadline = l->deadline;
	return approval_wait(&a, &l->err);
}

static enum errcode
stranger(struct login *l)
{
	struct decoy d = { 0 };
	enum errcode r;

	if ((r = decoy_load(&d, l->paths->cache, l->settings->provider.issuer, &l->err)) != E_OK)
		return r;
	l->code.type = IPC_CODE;
	l->prepare_ms = d.prepare_ms;
	r = decoy_code(&l->code.code, &d, &l->err);
	decoy_clear(&d);
	if (r != E_OK)
		return r;
	r = session_wait(
	    &l->session, -1, l->began + l->prepare_ms + decoy_latency(l->prepare_ms) / 4, &l->err);
	l->err = r == E_TIMEOUT ? (struct err){ .code = E_OK } : l->err;
	if (r != E_TIMEOUT && r != E_OK)
		return r;
	if ((r = approve(l, ask_nobody)) == E_EXP) {
		l->err = (struct err){ .code = E_OK };
		(void)err_set(&l->err, E_EXP, "usr.unknown", "this host knows no such account");
	}
	return r;
}

static enum errcode
decide(struct login *l)
{
	const struct verdict_login v = { .login_id = l->session.login_id,
		.service = l->start.start.service,
		.account = l->start.start.user,
		.nonce = l->job.job.nonce,
		.started = l->began_wall,
		.now = clock_wall(l->clock) };
	enum errcode r;

	verdict_judge(&l->verdict, l->settings, l->facts.facts, &v);
	if (l->verdict.decision != VERDICT_ALLOW)
		return err_set(&l->err, l->verdict.code, l->verdict.reason, "%s", l->verdict.text);
	if (!l->account.exists)
		return err_set(&l->err, E_NAME, "usr.unknown", "this host knows no such account");
	if ((r = award_grant(&l->grant, &v, l->facts.facts, &l->verdict, l->rules->session_env,
	         &l->err)) != E_OK)
		return r;
	r = tickets_write(
	    l->ticket, l->paths->tickets, l->session.host, &l->grant, l->clock, &l->err);
	if (r == E_OK)
		keep_store(&l->keep);
	return r;
}

static enum errcode
serve(struct login *l)
{
	enum gate gate;
	enum errcode r;

	if ((r = prepare(l, &gate)) != E_OK || gate == GATE_EXEMPT)
		return r;
	if (gate == GATE_STRANGER)
		return stranger(l);
	if ((r = start_worker(l)) == E_OK && (r = receive_code(l)) == E_OK &&
	    (r = approve(l, ask_worker)) == E_OK)
		r = decide(l);
	worker_proc_stop(&l->worker, l->clock);
	return r;
}

static void
write_log(const struct login *l, enum msg_verdict v, enum errcode code, const char *reason)
{
	const struct msg_start *m = &l->start.start;
	const struct identity *id = l->facts.facts;
	char groups[256] = "";
	struct logline line;

	for (size_t i = 0, at = 0; i < l->verdict.groups.n && at < sizeof(groups) - 1; i++) {
		int n = snprintf(groups + at, sizeof(groups) - at, "%s%s", i > 0 ? "," : "",
		    l->verdict.groups.v[i]);

		at = n < 0 ? sizeof(groups) : at + (size_t)n;
	}
	report_line(&line,
	    &(struct report){ .login_id = l->session.login_id,
	        .verdict = v,
	        .reason = reason,
	        .why = l->err.text,
	        .user = m->user,
	        .service = m->service,
	        .rhost = m->rhost,
	        .tty = m->tty,
	        .ruser = m->ruser,
	        .sub = id != NULL ? id->sub : NULL,
	        .name = id != NULL ? id->name : NULL,
	        .rule = l->verdict.rule,
	        .groups = groups,
	        .ms = clock_boot_ms(l->clock) - l->began });
	syslog(report_priority(v, code), "%s", line.text);
}

/* The log first: a module that is already gone must not cost the line. */
static int
finish(struct login *l, enum errcode code)
{
	bool exempt = code == E_OK && l->exempt != NULL;
	enum msg_verdict v = exempt ? MSG_IGNORE : report_verdict(code);
	const char *known = code != E_OK ? err_reason(&l->err) : exempt ? l->exempt : "ok";
	char reason[ERR_REASON_MAX], *text;
	struct msg_verdict_body body = { .verdict = v, .reason = reason, .ticket = l->ticket };
	enum errcode r;

	(void)snprintf(reason, sizeof(reason), "%s", known);
	write_log(l, v, code, reason);
	if (v == MSG_ALLOW)
		body.grant = l->grant;
	else
		l->ticket[0] = '\0';
	if ((text = screen_failure(v, code, l->session.login_id)) != NULL)
		(void)!session_text(&l->session, MSG_TEXT_ERROR, text, 5000, NULL);
	free(text);
	r = session_verdict(&l->session, &body, NULL);
	return r == E_OK ? 0 : 1;
}

static void
clear(struct login *l)
{
	worker_proc_stop(&l->worker, l->clock);
	ipc_clear(&l->job);
	ipc_clear(&l->code);
	ipc_clear(&l->facts);
	keep_clear(&l->keep);
	verdict_clear(&l->verdict);
	grant_clear(&l->grant);
	settings_free(l->settings);
	msg_clear(&l->start);
	session_close(&l->session);
}

int
login_run(int fd, const struct login_paths *p, const struct clock *c)
{
	struct login l = { .paths = p, .clock = c, .worker = { .pid = -1, .fd = -1 } };
	enum errcode r;
	int rc = 1;

	l.began = clock_boot_ms(c);
	l.began_wall = clock_wall(c);
	(void)uname(&l.host);
	r = session_open(&l.session, fd, c, &l.start, &l.err);
	if (r != E_OK)
		syslog(LOG_ERR, "login=%s verdict=error reason=%s why=\"%s\"",
		    l.session.login_id[0] != '\0' ? l.session.login_id : "none", err_reason(&l.err),
		    l.err.text);
	else
		rc = finish(&l, serve(&l));
	clear(&l);
	return rc;
}
