/* The six entry points: enter, call, leave. What each returns: design section 6. */
#include "config.h"

#include <locale.h>
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "common/log.h"
#include "pam_module/args.h"
#include "pam_module/conv.h"
#include "pam_module/decision.h"
#include "pam_module/groups.h"
#include "pam_module/login.h"
#include "pam_module/spawn.h"
#include "pam_module/ticket.h"

#define SHOWN __attribute__((visibility("default")))
#define PASSWORD_TEXT                                                                              \
	"The password of this login is kept by the identity provider; change it there."

#define NOT_SET_UP "Sign-in is not set up correctly on this host; ask its administrator."
#define NOT_NOW "This host cannot sign you in right now."

static const struct decision_place tickets = {
	.dir = TICKET_DIR, .owner = 0, .clock = &clock_system
};

static void
log_failure(pam_handle_t *pamh, int priority, const char *what, const struct err *e)
{
	struct logline l;

	logline_init(&l);
	logline_add(&l, "event", what);
	logline_add(&l, "reason", err_reason(e));
	logline_add(&l, "user", decision_item(pamh, PAM_USER));
	logline_add(&l, "text", e->text);
	pam_syslog(pamh, priority, "%s", l.text);
}

static void
log_debug(pam_handle_t *pamh, const struct args *a, const char *call, const char *outcome)
{
	if (a->debug)
		pam_syslog(pamh, LOG_DEBUG, "call=%s outcome=%s", call, outcome);
}

/* The arguments; false when there is one that we do not know, which is logged. */
static bool
enter(pam_handle_t *pamh, int argc, const char **argv, struct args *a)
{
	struct err e = { .code = E_OK };

	args_parse(a, argc, argv);
	if (a->bad == NULL)
		return true;
	(void)err_set(
	    &e, E_CFG, "cfg.argument", "argument %s: allowed are %s", a->bad, ARGS_ALLOWED);
	log_failure(pamh, LOG_CRIT, "arguments", &e);
	return false;
}

/* Only what neither user nor caller can cause is AUTHINFO_UNAVAIL: a stack may go on to passwords.
 */
static int
code_of_failure(enum errcode r)
{
	if (r == E_CFG)
		return PAM_AUTHINFO_UNAVAIL;
	return r == E_CONV ? PAM_CONV_ERR : PAM_SYSTEM_ERR;
}

/* Nobody else speaks where the helper could not. */
static void
apologize(pam_handle_t *pamh, enum errcode r)
{
	if (r != E_CONV)
		(void)!conv_tell(pamh, MSG_TEXT_ERROR, r == E_CFG ? NOT_SET_UP : NOT_NOW, NULL);
}

/* sshd alone says it, in the PAM environment: "ADDRESS PORT ADDRESS PORT", numeric where PAM_RHOST
 * may be a name. "" elsewhere. */
static char *
peer_address(pam_handle_t *pamh)
{
	const char *v = pam_getenv(pamh, "SSH_CONNECTION");
	size_t n = v == NULL ? 0 : strcspn(v, " ");

	return strndup(v == NULL ? "" : v, n > MSG_ADDRESS_MAX ? 0 : n);
}

/* "publickey ssh-ed25519 AAAA..." behind a first factor; empty, or not there, before one. */
static bool
has_factor(pam_handle_t *pamh)
{
	const char *v = pam_getenv(pamh, "SSH_AUTH_INFO_0");

	return v != NULL && *v != '\0';
}

/* What the host says about this login, as START; msg_clear. */
static enum errcode
gather(pam_handle_t *pamh, int flags, const char *user, struct msg *m, struct err *e)
{
	const char *locale = setlocale(LC_CTYPE, NULL);

	memset(m, 0, sizeof(*m));
	m->type = MSG_START;
	m->start = (struct msg_start){ .service = strdup(decision_item(pamh, PAM_SERVICE)),
		.user = strdup(user),
		.ruser = strdup(decision_item(pamh, PAM_RUSER)),
		.rhost = strdup(decision_item(pamh, PAM_RHOST)),
		.tty = strdup(decision_item(pamh, PAM_TTY)),
		.locale = strdup(locale == NULL ? "" : locale),
		.address = peer_address(pamh),
		.flags = (uint32_t)flags,
		.factor = has_factor(pamh) };
	if (m->start.service == NULL || m->start.user == NULL || m->start.ruser == NULL ||
	    m->start.rhost == NULL || m->start.tty == NULL || m->start.locale == NULL ||
	    m->start.address == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	return E_OK;
}

/* An allowed login is kept only when it is the one that was asked for. */
static enum errcode
settle(pam_handle_t *pamh, const struct msg_start *asked, struct msg_verdict_body *v, struct err *e)
{
	if (v->verdict != MSG_ALLOW)
		return E_OK;
	if (strcmp(v->grant.account, asked->user) != 0 ||
	    strcmp(v->grant.service, asked->service) != 0)
		return err_set(e, E_FORMAT, "helper.account",
		    "the verdict is for account %s, service %s", v->grant.account,
		    v->grant.service);
	return decision_keep(pamh, &v->grant, v->ticket, e);
}

/* Helper up, conversation, helper down. *code is the verdict's. */
static enum errcode
consult(pam_handle_t *pamh, const struct args *a, const struct msg *start, int *code, struct err *e)
{
	struct spawn s = { .fd = -1 };
	struct msg m;
	enum errcode r;

	if (geteuid() != 0)
		return err_set(
		    e, E_CFG, "cfg.unprivileged", "this host process is not root: no helper");
	if ((r = spawn_begin(&s, a, e)) != E_OK)
		return r;
	r = login_run(pamh, s.fd, start, &clock_system, &m, e);
	spawn_end(&s, &clock_system);
	if (r != E_OK)
		return r;
	log_debug(pamh, a, "authenticate", m.verdict.reason);
	if ((r = settle(pamh, &start->start, &m.verdict, e)) == E_OK)
		*code = login_code(m.verdict.verdict);
	msg_clear(&m);
	return r;
}

SHOWN int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct err e = { .code = E_OK };
	const char *user = NULL;
	struct msg start;
	struct args a;
	enum errcode r;
	int rc, code = PAM_SYSTEM_ERR;

	decision_forget(pamh, &tickets);
	if (!enter(pamh, argc, argv, &a)) {
		apologize(pamh, E_CFG);
		return PAM_AUTHINFO_UNAVAIL;
	}
	if (!conv_usable(pamh))
		return PAM_CONV_ERR;
	/* login(1) has no name yet, and this asks for one */
	if ((rc = pam_get_user(pamh, &user, NULL)) != PAM_SUCCESS || user == NULL)
		return rc == PAM_CONV_ERR ? PAM_CONV_ERR : PAM_SYSTEM_ERR;
	if ((r = gather(pamh, flags, user, &start, &e)) == E_OK)
		r = consult(pamh, &a, &start, &code, &e);
	msg_clear(&start);
	if (r == E_OK)
		return code;
	log_failure(pamh,
	    r == E_CFG        ? LOG_CRIT
	        : r == E_CONV ? LOG_NOTICE
	                      : LOG_ERR,
	    "authenticate", &e);
	apologize(pamh, r);
	return code_of_failure(r);
}

SHOWN int
pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const struct grant *g = decision_get(pamh);
	struct err e = { .code = E_OK };
	struct args a;

	(void)flags;
	(void)enter(pamh, argc, argv, &a);
	/* public key, cron, cached sudo: not our login */
	if (g == NULL)
		return PAM_IGNORE;
	if (decision_is_for(pamh, g))
		return PAM_SUCCESS;
	(void)err_set(&e, E_NAME, "acct.changed", "verified was account %s for service %s",
	    g->account, g->service);
	log_failure(pamh, LOG_ERR, "acct_mgmt", &e);
	return PAM_PERM_DENIED;
}

/* This handle's decision in the phases after authentication; a ticket refused is logged. */
static const struct grant *
find(pam_handle_t *pamh, const char *call)
{
	struct err e = { .code = E_OK };
	const struct grant *g = decision_find(pamh, &tickets, &e);

	if (e.code != E_OK)
		log_failure(pamh, LOG_WARNING, call, &e);
	return g;
}

SHOWN int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct err e = { .code = E_OK };
	const struct grant *g;
	struct args a;
	size_t added = 0;

	(void)enter(pamh, argc, argv, &a);
	if (((unsigned)flags & (PAM_ESTABLISH_CRED | PAM_REINITIALIZE_CRED)) == 0)
		return PAM_SUCCESS;
	/* In sudo PAM_USER is the target by now: bob gets nothing of alice's. Never PAM_IGNORE: as
	 * the only module's answer it makes sshd drop the login. */
	if ((g = find(pamh, "setcred")) == NULL || geteuid() != 0 || !decision_is_for(pamh, g))
		return PAM_SUCCESS;
	if (groups_append(g->gids, g->gid_count, &added, &e) != E_OK) {
		log_failure(pamh, LOG_ERR, "setcred", &e);
		return PAM_CRED_ERR;
	}
	log_debug(pamh, &a, "setcred", added > 0 ? "groups" : "nothing");
	return PAM_SUCCESS;
}

static void
log_session(pam_handle_t *pamh, const struct grant *g)
{
	struct logline l;

	logline_init(&l);
	logline_add(&l, "login", g->login_id);
	logline_add(&l, "session", "open");
	logline_add(&l, "user", decision_item(pamh, PAM_USER));
	logline_add(&l, "sub", g->subject);
	logline_add(&l, "name", g->username);
	logline_add(&l, "service", decision_item(pamh, PAM_SERVICE));
	pam_syslog(pamh, LOG_INFO, "%s", l.text);
}

SHOWN int
pam_sm_open_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const struct grant *g;
	struct args a;

	(void)flags;
	(void)enter(pamh, argc, argv, &a);
	if ((g = find(pamh, "open_session")) == NULL)
		return PAM_SUCCESS;
	for (size_t i = 0; i < g->env.n; i++)
		if (pam_putenv(pamh, g->env.v[i]) != PAM_SUCCESS)
			return PAM_SESSION_ERR;
	log_session(pamh, g);
	return PAM_SUCCESS;
}

SHOWN int
pam_sm_close_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)pamh;
	(void)flags;
	(void)argc;
	(void)argv;
	return PAM_SUCCESS;
}

SHOWN int
pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct args a;

	(void)enter(pamh, argc, argv, &a);
	if (((unsigned)flags & PAM_PRELIM_CHECK) != 0 && ((unsigned)flags & PAM_SILENT) == 0 &&
	    conv_tell(pamh, MSG_TEXT_INFO, PASSWORD_TEXT, NULL) != E_OK)
		log_debug(pamh, &a, "chauthtok", "unheard");
	return PAM_IGNORE;
}
