/* What this host makes of valid settings. */
#include "config.h"

#include <grp.h>
#include <inttypes.h>
#include <shadow.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/host.h"
#include "cli/hostacr.h"
#include "cli/hostpam.h"
#include "cli/hosttime.h"

#define PATH_SIZE 512

__attribute__((format(printf, 3, 4))) static enum errcode
warn(struct strlist *to, struct err *e, const char *fmt, ...)
{
	char text[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return strlist_add(to, text, strlen(text), SETTINGS_WARNINGS_MAX) == E_NOMEM
	    ? err_set(e, E_NOMEM, NULL, "out of memory")
	    : E_OK;
}

/* Not root: nobody can say, so nothing is said. A locked one begins with ! or *. */
static bool
has_password(const char *name)
{
	const struct spwd *p;

	setspent();
	if (getspent() == NULL)
		return true;
	endspent();
	p = getspnam(name);
	return p != NULL && p->sp_pwdp[0] != '!' && p->sp_pwdp[0] != '*' && p->sp_pwdp[0] != '\0';
}

static bool
has_member(const char *group)
{
	const struct group *g = getgrnam(group);

	return g != NULL && g->gr_mem[0] != NULL;
}

static enum errcode
warn_break_glass(struct strlist *to, const struct settings *s, const struct host *h, struct err *e)
{
	static const struct hostpam_ask ask = { has_member, has_password };
	enum errcode r = E_OK;
	struct hostpam p;

	hostpam_read(&p, h->pam);
	if (p.lines > 0 && !hostpam_is_break_glass(&p, &s->login.ignore_users, &ask))
		r = warn(to, e,
		    "%s: nobody gets in while the provider is away: no stack in %s goes on with "
		    "authinfo_unavail=ignore to a group with a member, and nobody in ignore_users "
		    "has a password",
		    h->conf, h->pam);
	hostpam_clear(&p);
	return r;
}

static enum errcode
warn_time(struct strlist *to, const struct settings *s, const char *service, uint64_t host,
    const char *where, struct err *e)
{
	uint64_t ours = settings_login_for(s, service)->time_limit;

	if (host == HOSTTIME_NONE || !settings_serves(s, service) || ours <= host)
		return E_OK;
	return warn(to, e,
	    "%s: time_limit is %" PRIu64 "s for %s, which itself ends a login after %" PRIu64
	    "s (%s), in the middle of an approval; lower the one or raise the other",
	    where, ours, service, host,
	    strcmp(service, "sshd") == 0 ? "LoginGraceTime in sshd_config"
	                                 : "LOGIN_TIMEOUT in login.defs");
}

static enum errcode
warn_times(struct strlist *to, const struct settings *s, const struct host *h, struct err *e)
{
	char path[PATH_SIZE];
	enum errcode r;

	(void)snprintf(path, sizeof(path), "%s/sshd_config", h->ssh);
	r = warn_time(to, s, "sshd", hosttime_sshd(path, h->ssh), h->conf, e);
	return r == E_OK ? warn_time(to, s, "login", hosttime_login(h->login_defs), h->conf, e) : r;
}

static enum errcode
warn_acr(struct strlist *to, const struct settings *s, const struct strlist *acr, const char *where,
    const struct host *h, struct err *e)
{
	if (acr->n == 0 || hostacr_find(acr, h->cache, s->provider.issuer) != HOSTACR_LACKING)
		return E_OK;
	return warn(to, e,
	    "%s: require_acr asks for what the provider's metadata do not offer in "
	    "acr_values_supported, so that nobody may get in; Authelia says how somebody signed in "
	    "by amr: require_amr = mfa",
	    where);
}

static enum errcode
warn_acrs(struct strlist *to, const struct settings *s, const struct host *h, struct err *e)
{
	enum errcode r = warn_acr(to, s, &s->demand.acr, h->conf, h, e);

	for (size_t i = 0; i < s->service_count && r == E_OK; i++)
		r = warn_acr(to, s, &s->service[i].demand.acr, s->service[i].at, h, e);
	return r;
}

enum errcode
host_warn(struct strlist *warnings, const struct settings *s, const struct host *h, struct err *e)
{
	enum errcode r;

	if ((r = warn_break_glass(warnings, s, h, e)) != E_OK ||
	    (r = warn_times(warnings, s, h, e)) != E_OK)
		return r;
	return warn_acrs(warnings, s, h, e);
}
