/* One login from START to VERDICT. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "helper/approval.h"
#include "helper/award.h"
#include "helper/consult.h"
#include "helper/decoy.h"
#include "helper/gate.h"
#include "helper/login_state.h"
#include "helper/report.h"
#include "helper/ruling.h"
#include "helper/sys/seat.h"
#include "helper/sys/tickets.h"

#define LEAVE_MS (IPC_REVOKE_MS + 250) /* a worker that is stuck, and not its request */
#define STRANGER_MARGIN_MS 250         /* the pace of a real poll: interval and margin */

/* Settings and the account: what decides whether there is a login at all. */
static enum errcode
prepare(struct login *l, enum gate *gate)
{
	const struct msg_start *m = &l->start.start;
	const char *reason;
	enum errcode r;

	if ((r = account_find(&l->account, m->user, &l->err)) != E_OK)
		return r;
	*gate = GATE_EXEMPT;
	r = settings_load(&l->settings, l->paths->vendor, l->paths->conf, 0, &l->err);
	if (gate_spares_root(r == E_OK ? l->settings : NULL, m->user, &l->account)) {
		l->err = (struct err){ .code = E_OK };
		l->exempt = "exempt.root";
		return E_OK;
	}
	if (r != E_OK)
		return r;
	l->rules = settings_login_for(l->settings, m->service);
	l->deadline = l->began + (int64_t)l->rules->time_limit * 1000;
	l->expires = l->deadline;
	*gate = gate_judge(l->settings, l->rules, m->service, m->user, &l->account, &reason);
	if (*gate == GATE_EXEMPT)
		l->exempt = reason;
	if (*gate == GATE_STRANGER && l->rules->strangers == SETTINGS_STRANGERS_SERVE)
		*gate = GATE_LOGIN;
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
	if (l->next_ask >= l->expires)
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

/* What is the same whatever is shown. su writes an info text to standard output, where a pipe keeps
 * it from the person and has it among its data. */
static struct approval
approval_of(struct login *l)
{
	const struct msg_start *m = &l->start.start;
	bool su = strcmp(settings_family(m->service), "su") == 0;

	return (struct approval){ .session = &l->session,
		.screen = { .host = l->host.nodename,
		    .service = m->service,
		    .account = m->user,
		    .provider = l->settings->provider.name },
		.kind = su ? MSG_TEXT_ERROR : MSG_TEXT_INFO,
		.deadline = l->deadline,
		.latest = l->deadline,
		.ask_junk = ask_nobody,
		.arg = l };
}

/* The screen, and the wait behind it: until the code expires, where that is before the time limit.
 */
static enum errcode
approve(struct login *l, enum errcode (*ask)(void *, bool *, struct err *))
{
	const struct ipc_code *c = &l->code.code;
	int64_t expires = clock_boot_ms(l->clock) + (int64_t)c->expires_in * 1000;
	struct approval a = approval_of(l);

	if (expires < l->expires)
		l->expires = expires;
	a.screen.uri = c->verification_uri;
	a.screen.uri_complete = c->verification_uri_complete;
	a.screen.user_code = c->user_code;
	a.enter = l->rules->prompt != SETTINGS_PROMPT_NONE;
	a.ask = ask;
	a.deadline = l->expires;
	return approval_wait(&a, &l->err);
}

/* The same in the loopback flow, which ends by itself: Enter is for hosts that keep a text back
 * until there is a prompt. */
static enum errcode
await_browser(struct login *l)
{
	struct approval a = approval_of(l);
	enum errcode r;

	a.screen.url = l->browse.browse.url;
	a.enter = l->rules->prompt == SETTINGS_PROMPT_ENTER;
	a.ask = consult_await;
	r = approval_wait(&a, &l->err);
	if (r == E_EXP && strcmp(err_reason(&l->err), "dev.expired") == 0) {
		l->err = (struct err){ .code = E_OK };
		(void)err_set(&l->err, r, "cb.never", "no browser came back within the time limit");
	}
	return r;
}

static enum errcode
consult(struct login *l)
{
	enum errcode r;

	if ((r = consult_start(l)) != E_OK)
		return r;
	if (l->flow.flow == IDENTITY_LOOPBACK)
		return (r = consult_browse(l)) == E_OK ? await_browser(l) : r;
	return (r = consult_code(l)) == E_OK ? approve(l, consult_ask) : r;
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
	if (r == E_TIMEOUT)
		l->err = (struct err){ .code = E_OK };
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
		.flow = l->flow.flow,
		.started = l->began_wall,
		.now = clock_wall(l->clock) };
	enum errcode r;

	r = ruling_make(&l->verdict,
	    &(struct ruling){ .settings = l->settings,
	        .id = l->facts.facts,
	        .login = &v,
	        .account = &l->account,
	        .pins = l->paths->pins,
	        .clock = l->clock },
	    &l->err);
	if (r != E_OK ||
	    (r = award_grant(&l->grant, &v, l->facts.facts, &l->verdict, &l->err)) != E_OK)
		return r;
	r = tickets_write(
	    l->ticket, l->paths->tickets, l->session.host, &l->grant, l->clock, &l->err);
	if (r == E_OK) {
		keep_store(&l->keep);
		toll_welcome(&l->toll);
	}
	return r;
}

/* Known names and unknown ones alike, so that a limit tells nobody which are which. */
static enum errcode
pay(struct login *l)
{
	l->toll = (struct toll){ .dir = l->paths->limits,
		.state = l->paths->state,
		.clock = l->clock,
		.settings = &l->settings->limits };
	return toll_start(&l->toll, &l->start.start, &l->quiet, &l->err);
}

/* Before names are told apart: known ones and strangers alike hear that it cannot be. */
static enum errcode
choose_flow(struct login *l)
{
	const struct msg_start *m = &l->start.start;
	struct flow_facts f = { .elsewhere = m->rhost[0] != '\0' || m->address[0] != '\0',
		.account = l->account.exists ? l->account.uid : (uid_t)-1 };
	enum errcode r;

	seat_find(&f, &seat_system, l->session.host);
	f.account_is_here = l->account.exists && seat_is_taken(&seat_system, f.account);
	r = flow_choose(
	    &l->flow, l->paths->flow != NULL ? *l->paths->flow : l->rules->flow, &f, &l->err);
	if (r == E_OK && l->paths->debug)
		syslog(LOG_DEBUG, "login=%s flow=%s why=\"%s\"", l->session.login_id,
		    report_flow_name(l->flow.flow), l->flow.why);
	return r;
}

/* Whether the worker has something to do once the module has its verdict, whichever that is. */
static bool
gives_back(const struct login *l)
{
	return l->facts.type == IPC_FACTS && l->settings->provider.revoke;
}

static enum errcode
serve(struct login *l)
{
	enum gate gate;
	enum errcode r;

	if ((r = prepare(l, &gate)) != E_OK || gate == GATE_EXEMPT || (r = pay(l)) != E_OK ||
	    (r = choose_flow(l)) != E_OK)
		return r;
	if (gate == GATE_STRANGER) {
		r = stranger(l);
	} else {
		if ((r = consult(l)) == E_OK)
			r = decide(l);
		if (!gives_back(l))
			worker_proc_stop(&l->worker, l->clock);
	}
	if (r == E_CONV && strcmp(err_reason(&l->err), "conv.failed") == 0)
		toll_unshown(&l->toll);
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
	        .flow = report_flow_name(l->flow.flow),
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
	const char *known = code != E_OK ? err_reason(&l->err)
	    : exempt                     ? l->exempt
	                                 : l->verdict.reason;
	char reason[ERR_REASON_MAX], *text;
	struct msg_verdict_body body = { .verdict = v, .reason = reason, .ticket = l->ticket };
	enum errcode r;

	(void)snprintf(reason, sizeof(reason), "%s", known);
	if (!l->quiet)
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
	bool leaves = gives_back(l);

	ipc_clear(&l->job);
	ipc_clear(&l->code);
	ipc_clear(&l->browse);
	ipc_clear(&l->facts);
	keep_clear(&l->keep);
	verdict_clear(&l->verdict);
	grant_clear(&l->grant);
	settings_free(l->settings);
	msg_clear(&l->start);
	session_close(&l->session);
	/* last: what stays with the worker has no copy of a secret */
	if (leaves)
		worker_proc_leave(&l->worker, l->clock, LEAVE_MS);
	worker_proc_stop(&l->worker, l->clock);
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
