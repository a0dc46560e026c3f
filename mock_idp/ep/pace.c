/* How fast a client polls. */
#include "config.h"

#include <stdio.h>

#include "mock_idp/ep/pace.h"

#define SLOWER_MS 5000 /* what each slow_down adds. RFC 8628 section 3.5 */

/* The client waits interval seconds between two polls; the first waits for the device response. */
void
pace_judge(const struct world *w, struct exchange *x, const struct code *c)
{
	int64_t now = world_ms(w), gap = now - c->last_answer;
	char detail[32];

	if (gap < (int64_t)w->interval * 1000 + (int64_t)c->slowed * SLOWER_MS) {
		(void)snprintf(detail, sizeof(detail), "%lldms", (long long)gap);
		msg_violation(x, "early_poll", detail);
	}
	if (c->over)
		msg_violation(x, "poll_after_end", NULL);
	if (now >= c->expires && c->state == CODE_PENDING)
		msg_violation(x, "poll_after_expiry", NULL);
}

enum profile_outcome
pace_ask(const struct world *w, struct code *c)
{
	const struct profile_pace *p = &w->profile->polls->pace;
	int64_t now = world_ms(w), since = p->lenient_clock ? c->in_time : c->last_answer,
	        wait = (int64_t)w->interval * 1000 + c->fast - p->grace_ms;

	if (!p->kept || (p->first_free && c->polls == 0) || now - since >= wait) {
		c->in_time = now;
		if (p->shrinks)
			c->fast = 0;
		return OUTCOME_PENDING;
	}
	c->early++;
	c->fast += (int64_t)p->grows * 1000;
	if (p->strikes != 0 && c->early >= p->strikes)
		return OUTCOME_STRUCK_OUT;
	c->slowed++;
	return OUTCOME_TOO_FAST;
}

void
pace_note(struct code *c, const struct reply *rep, bool pending)
{
	c->troubles = !pending && rep->status >= 500 ? c->troubles + 1 : 0;
	if (!pending && (rep->status < 500 || c->troubles > 1))
		c->over = true;
}
