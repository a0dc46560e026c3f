/* The monitor's decision over a login. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "helper/ruling.h"
#include "helper/sys/pins.h"

#define TRIES 4 /* each one lost was another's change of the record in between */

static void
bind(struct pin *p, const struct pin *seen, const struct ruling *r)
{
	*p = (struct pin){ .approved = seen->approved, .bound = true, .since = r->login->now };
	(void)snprintf(p->issuer, sizeof(p->issuer), "%s", r->id->issuer);
	(void)snprintf(p->sub, sizeof(p->sub), "%s", r->id->sub);
}

static void
ask_policy(struct verdict *v, const struct ruling *r, const struct bind_account *a)
{
	verdict_clear(v);
	verdict_judge(v, r->settings, r->id, r->login, a);
}

/* One judgement, and the pin that it asks for; *changed: judge anew. Other people's records are
 * looked through for a first login alone. */
static enum errcode
judge(
    struct verdict *v, const struct ruling *r, struct bind_account a, bool *changed, struct err *e)
{
	char owner[NAMES_ACCOUNT_MAX + 1] = "";
	struct pin seen = { .bound = false }, fresh;
	struct err why = { .code = E_OK };
	enum errcode c;

	*changed = false;
	a.elsewhere = NULL;
	a.pin = &seen;
	a.pin_failure = pins_load(&seen, r->pins, r->login->account, &why) == E_OK ? NULL : &why;
	ask_policy(v, r, &a);
	if (v->pin == BIND_FIRST) {
		if ((c = pins_owner(
		         owner, r->pins, r->login->account, r->id->issuer, r->id->sub, e)) != E_OK)
			return c;
		a.elsewhere = owner[0] == '\0' ? NULL : owner;
		if (a.elsewhere != NULL)
			ask_policy(v, r, &a);
	}
	if (v->decision != VERDICT_ALLOW)
		return err_set(e, v->code, v->reason, "%s", v->text);
	if (v->pin != BIND_FIRST)
		return E_OK;
	bind(&fresh, &seen, r);
	return pins_bind(r->pins, r->login->account, &seen, &fresh, changed, r->clock, e);
}

enum errcode
ruling_make(struct verdict *v, const struct ruling *r, struct err *e)
{
	struct bind_account a = { .exists = r->account->exists, .uid = r->account->uid };
	struct strlist groups = { NULL, 0 };
	bool changed = true;
	enum errcode c = E_OK;

	if (a.exists && (c = account_groups(&groups, r->login->account, r->account, e)) != E_OK)
		return c;
	a.groups = &groups;
	for (int i = 0; i < TRIES && c == E_OK && changed; i++)
		c = judge(v, r, a, &changed, e);
	if (c == E_OK && changed)
		c = err_set(e, E_SYS, "pin.write", "the record changes all the time");
	if (c != E_OK)
		v->decision = VERDICT_REFUSE;
	strlist_clear(&groups);
	return c;
}
