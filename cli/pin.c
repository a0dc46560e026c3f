/* latchkey pin: an account may be opened by its name though it is root-equivalent; whose it is. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/place.h"
#include "cli/words.h"
#include "common/text.h"
#include "helper/policy/ceiling.h"
#include "helper/policy/names.h"
#include "helper/settings_value.h"
#include "helper/sys/account.h"
#include "helper/sys/pins.h"

static const char usage[] =
    "usage: latchkey pin ACCOUNT [--sub TEXT [--issuer URL]] [--conf FILE] [--pins DIR]\n";

struct ask {
	const char *account, *sub, *issuer;
	struct place place;
};

static enum errcode
refuse(const struct ask *a, const char *why, struct err *e)
{
	return err_set(e, E_POL, NULL, "%.40s %s", a->account, why);
}

/* Whether the account is one that a pin is any use for. */
static enum errcode
check_account(const struct ask *a, const struct settings *s, struct err *e)
{
	struct account found = { .exists = false };
	enum errcode r;

	if (settings_account_for(s, a->account) != NULL)
		return refuse(
		    a, "has an [account] section, which alone decides; it is not pinned", e);
	if ((r = account_find(&found, a->account, e)) != E_OK)
		return r;
	if (!found.exists)
		return refuse(a, "is no account of this host", e);
	if (ceiling_is_system(found.uid, s->login.min_uid))
		return refuse(a,
		    "is a system account, which only an [account] section can open (min_uid)", e);
	return E_OK;
}

/* What is to stand on record behind what stands there. */
static enum errcode
change(struct pin *p, const struct ask *a, struct err *e)
{
	p->approved = true;
	p->since = (int64_t)time(NULL);
	if (a->sub == NULL)
		return E_OK;
	if (pin_judge(p, a->issuer, a->sub) > PIN_SAME)
		return refuse(a, "is pinned to another person; latchkey forget it first", e);
	p->bound = true;
	(void)snprintf(p->issuer, sizeof(p->issuer), "%s", a->issuer);
	(void)snprintf(p->sub, sizeof(p->sub), "%s", a->sub);
	return E_OK;
}

static enum errcode
put(const struct ask *a, struct pin *fresh, struct err *e)
{
	struct pin seen = { .bound = false };
	bool changed = false;
	enum errcode r;

	if ((r = pins_load(&seen, a->place.pins, a->account, e)) != E_OK)
		return r;
	*fresh = seen;
	if ((r = change(fresh, a, e)) != E_OK ||
	    (r = pins_replace(
	         a->place.pins, a->account, &seen, fresh, &changed, &clock_system, e)) != E_OK)
		return r;
	return changed ? refuse(a, "has just been changed by a login; try again", e) : E_OK;
}

static enum errcode
run(struct ask *a, struct pin *fresh, struct err *e)
{
	struct settings *s = NULL;
	enum errcode r;

	if (place_settings(&s, &a->place, e) != E_OK)
		return E_CFG;
	if (a->issuer == NULL)
		a->issuer = s->provider.issuer;
	if ((r = check_account(a, s, e)) == E_OK)
		r = put(a, fresh, e);
	a->issuer = NULL;
	settings_free(s);
	return r;
}

static bool
is_sub(const char *s)
{
	size_t len = strlen(s);

	return len >= 1 && len < IDENTITY_SUB_MAX && text_is_ascii(s, len, true);
}

int
pin_main(int argc, char *argv[])
{
	struct ask a = { .account = NULL };
	const struct words_row rows[] = {
		{ NULL, &a.account, NULL },
		{ "--sub", &a.sub, NULL },
		{ "--issuer", &a.issuer, NULL },
		{ "--conf", &a.place.conf, NULL },
		{ "--pins", &a.place.pins, NULL },
	};
	struct err e = { .code = E_OK };
	struct pin p = { .bound = false };
	enum errcode r;

	if (!words_take(rows, sizeof(rows) / sizeof(rows[0]), argc, argv))
		return CLI_USAGE;
	if (a.account == NULL || !names_is_account(a.account) ||
	    (a.sub != NULL ? !is_sub(a.sub) : a.issuer != NULL) ||
	    (a.issuer != NULL && !settings_value_issuer(a.issuer))) {
		(void)fputs(usage, stderr);
		return CLI_USAGE;
	}
	place_fill(&a.place);
	if ((r = run(&a, &p, &e)) != E_OK)
		return place_complain("pin", r == E_CFG ? CLI_USAGE : CLI_REFUSED, &e);
	place_audit(p.bound ? "bound" : "approved", a.account);
	if (p.bound)
		(void)printf("%s: approved, for sub %s of %s\n", a.account, p.sub, p.issuer);
	else
		(void)printf("%s: approved, for whoever signs in by this name next\n", a.account);
	return CLI_OK;
}
