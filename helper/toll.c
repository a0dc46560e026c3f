/* What one login spends of the host's budgets. */
#include "config.h"

#include "helper/sys/known.h"
#include "helper/sys/ledger.h"
#include "helper/toll.h"

enum errcode
toll_start(struct toll *t, const struct msg_start *start, bool *quiet, struct err *e)
{
	struct limits_who *w = &t->who;
	struct budget b;
	enum errcode r, w_;
	int lock = -1;

	*w = (struct limits_who){ .account = start->user, .factor = start->factor };
	origin_of(&w->origin, start->address, start->rhost);
	w->known = !w->origin.local &&
	    known_is(
	        t->state, w->account, w->origin.host, clock_wall(t->clock), t->settings->remember);
	limits_of(&t->limits, t->settings, w);
	if ((r = ledger_open(&lock, &b, t->dir, t->clock, e)) != E_OK)
		return r;
	r = limits_start(&t->limits, &b, clock_boot_ms(t->clock), e);
	*quiet = r == E_BUSY && !limits_may_log(&t->limits, &b, clock_boot_ms(t->clock));
	w_ = ledger_close(&lock, &b, t->dir, !*quiet, t->clock, e);
	return r == E_OK ? w_ : r;
}

enum errcode
toll_pending(const struct toll *t, struct err *e)
{
	struct budget b;
	enum errcode r, w;
	int lock = -1;

	if ((r = ledger_open(&lock, &b, t->dir, t->clock, e)) != E_OK)
		return r;
	r = limits_pending(&t->limits, &b, clock_boot_ms(t->clock), e);
	w = ledger_close(&lock, &b, t->dir, r == E_OK, t->clock, e);
	return r == E_OK ? w : r;
}

void
toll_unshown(const struct toll *t)
{
	struct budget b;
	int lock = -1;

	if (ledger_open(&lock, &b, t->dir, t->clock, NULL) == E_OK) {
		bool counted = limits_unshown(&t->limits, &b, clock_boot_ms(t->clock)) == E_OK;

		(void)!ledger_close(&lock, &b, t->dir, counted, t->clock, NULL);
	}
}

void
toll_welcome(const struct toll *t)
{
	if (!t->who.origin.local)
		known_add(t->state, t->who.account, t->who.origin.host, clock_wall(t->clock),
		    t->settings->remember);
}
