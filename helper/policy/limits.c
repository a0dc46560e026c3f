/* Limits against strangers. */
#include "config.h"

#include <stdio.h>

#include "helper/policy/limits.h"

static const struct budget_rate one_a_minute = { 1, 60000 };

static void
add(struct limits *l, const struct settings_limits *s, uint64_t count, const char *setting,
    const char *kind, const char *account, const char *where)
{
	(void)snprintf(
	    l->v[l->n].key, sizeof(l->v[l->n].key), "%s %.255s %s", kind, account, where);
	l->v[l->n].rate = (struct budget_rate){ count, s->window * 1000 };
	l->v[l->n++].setting = setting;
}

void
limits_of(struct limits *l, const struct settings_limits *s, const struct limits_who *who)
{
	const struct origin *o = &who->origin;
	bool own = true;

	l->n = 0;
	if (o->local)
		add(l, s, s->local, "[limits] local", "local", who->account, "");
	else if (who->factor)
		add(l, s, s->factor, "[limits] factor", "factor", who->account, "");
	else if (who->known)
		add(l, s, s->known, "[limits] known", "known", who->account, o->host);
	else {
		own = false;
		add(l, s, s->address, "[limits] address", "address", "", o->host);
		add(l, s, s->account, "[limits] account", "account", who->account, "");
		if (o->network[0] != '\0')
			add(l, s, s->network, "[limits] network", "network", "", o->network);
	}
	(void)snprintf(l->pending, sizeof(l->pending), "pending %.255s", own ? who->account : "");
	l->pending_rate = (struct budget_rate){ s->pending, s->window * 1000 };
}

enum errcode
limits_start(const struct limits *l, struct budget *b, int64_t now, struct err *e)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < l->n; i++)
		if (!budget_allows(b, l->v[i].key, &l->v[i].rate, 1, now))
			return err_set(e, E_BUSY, "limit.start",
			    "too many logins were started: more than %llu in %llu s (%s)",
			    (unsigned long long)l->v[i].rate.count,
			    (unsigned long long)l->v[i].rate.window_ms / 1000, l->v[i].setting);
	for (size_t i = 0; i < l->n && r == E_OK; i++)
		r = budget_spend(b, l->v[i].key, &l->v[i].rate, 1, now);
	return r;
}

enum errcode
limits_pending(const struct limits *l, struct budget *b, int64_t now, struct err *e)
{
	if (!budget_allows(b, l->pending, &l->pending_rate, 1, now))
		return err_set(e, E_BUSY, "limit.pending",
		    "too many logins wait for an approval: the provider was asked in vain more "
		    "than %llu "
		    "times in %llu s ([limits] pending)",
		    (unsigned long long)l->pending_rate.count,
		    (unsigned long long)l->pending_rate.window_ms / 1000);
	return budget_spend(b, l->pending, &l->pending_rate, 1, now);
}

enum errcode
limits_unshown(const struct limits *l, struct budget *b, int64_t now)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < l->n && r == E_OK; i++)
		r = budget_spend(b, l->v[i].key, &l->v[i].rate, LIMITS_CONV_COST, now);
	return r;
}

bool
limits_may_log(const struct limits *l, struct budget *b, int64_t now)
{
	char key[BUDGET_KEY_MAX + 4];
	bool may;

	(void)snprintf(key, sizeof(key), "log %.370s", l->v[0].key);
	may = budget_allows(b, key, &one_a_minute, 1, now);
	return may && budget_spend(b, key, &one_a_minute, 1, now) == E_OK;
}
