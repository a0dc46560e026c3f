/* What is legal and unwise in whole settings. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "helper/settings_warn.h"

/* Two services that lead to the same power by different doors. */
static const struct {
	const char *service, *sibling, *why;
} siblings[] = {
	{ "sudo", "polkit-1", "pkexec and run0 lead to the same rights" },
	{ "polkit-1", "sudo", "sudo leads to the same rights" },
	{ "sshd", "cockpit", "Cockpit gives the same session" },
	{ "cockpit", "sshd", "ssh gives the same session" },
};

__attribute__((format(printf, 3, 4))) static enum errcode
warn(struct settings *s, struct err *e, const char *fmt, ...)
{
	char text[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return strlist_add(&s->warnings, text, strlen(text), SETTINGS_WARNINGS_MAX) == E_NOMEM
	    ? err_set(e, E_NOMEM, NULL, "out of memory")
	    : E_OK;
}

static bool
demands_anything(const struct settings_demand *d)
{
	return d->allow.groups.n + d->allow.users.n + d->deny_groups.n + d->acr.n + d->amr.n > 0 ||
	    d->max_auth_age > 0;
}

/* A section that narrows one door, while the one beside it has none. */
static enum errcode
warn_siblings(struct settings *s, const struct settings_service *v, struct err *e)
{
	const struct settings_demand *d[2];
	enum errcode r = E_OK;

	for (size_t i = 0; i < sizeof(siblings) / sizeof(siblings[0]) && r == E_OK; i++) {
		const char *other = siblings[i].sibling;

		if (strcmp(siblings[i].service, v->name) != 0 || !settings_serves(s, other) ||
		    !demands_anything(&v->demand))
			continue;
		settings_demands(s, other, d);
		if (d[1] == NULL || !demands_anything(d[1]))
			r = warn(s, e,
			    "%s: [service %s] narrows who may, [service %s] does not, and %s; "
			    "write [service %s %s], or take %s out of services",
			    v->at, v->name, other, siblings[i].why, v->name, other, other);
	}
	return r;
}

/* Whether some service is served in which the account is not ignored. */
static bool
has_effect(const struct settings *s, const char *account)
{
	bool ignored = strlist_has(&s->login.ignore_users, account);

	for (size_t i = 0; i < s->services.n; i++)
		if (!strlist_has(&settings_login_for(s, s->services.v[i])->ignore_users, account))
			ignored = false;
	return !ignored;
}

static enum errcode
warn_account(struct settings *s, const struct settings_account *a, struct err *e)
{
	if (!has_effect(s, a->name))
		return warn(s, e,
		    "%s: [account %s] has no effect, since ignore_users leaves %s to other "
		    "modules; take %s out of it, or the section away",
		    a->at, a->name, a->name, a->name);
	if (strcmp(a->name, "root") != 0)
		return E_OK;
	return warn(s, e,
	    "%s: [account root] makes root of whoever the provider says is in its groups or users, "
	    "and root's password is no longer asked for where Latchkey is; keep a break-glass "
	    "account that needs no provider",
	    a->at);
}

/* Services that people come to from other machines, where no browser could come back from. */
static enum errcode
warn_loopback(struct settings *s, struct err *e)
{
	static const char *const remote[] = { "sshd", "cockpit" };
	enum errcode r = E_OK;

	for (size_t i = 0; i < sizeof(remote) / sizeof(remote[0]) && r == E_OK; i++)
		if (settings_serves(s, remote[i]) &&
		    settings_login_for(s, remote[i])->flow == SETTINGS_FLOW_LOOPBACK)
			r = warn(s, e,
			    "flow = loopback holds for %s too and refuses whoever comes from "
			    "another "
			    "machine; set flow = auto, or device in [service %s]",
			    remote[i], remote[i]);
	return r;
}

enum errcode
settings_warn(struct settings *s, struct err *e)
{
	enum errcode r = warn_loopback(s, e);

	for (size_t i = 0; i < s->service_count && r == E_OK; i++)
		r = warn_siblings(s, &s->service[i], e);
	for (size_t i = 0; i < s->account_count && r == E_OK; i++)
		r = warn_account(s, &s->account[i], e);
	return r;
}
