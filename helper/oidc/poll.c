/* When to ask the token endpoint again. */
#include "config.h"

#include "helper/oidc/check.h"
#include "helper/oidc/poll.h"

#define SECOND ((int64_t)1000)
#define INTERVAL_END (UINT32_MAX - POLL_SLOW_DOWN)

static const struct poll_step expired = {
	.action = POLL_STOP, .code = E_EXP, .reason = "dev.expired"
};
static const struct poll_step lost = { .action = POLL_STOP, .code = E_NET, .reason = "dev.net" };
static const struct poll_step denied = {
	.action = POLL_STOP, .code = E_DENY, .reason = "dev.server_error"
};

/* From the answer's arrival, not from the request: latency never makes us early. */
static void
wait_for(struct poll *p, int64_t seconds, int64_t now)
{
	p->next = now + seconds * SECOND + POLL_MARGIN_MS;
}

void
poll_start(struct poll *p, uint32_t interval, uint32_t expires_in, int64_t deadline, int64_t now)
{
	uint32_t life =
	    CHECK(C_136, D_10) && expires_in > POLL_LIFETIME_MAX ? POLL_LIFETIME_MAX : expires_in;

	*p = (struct poll){ .expires = now + life * SECOND,
		.interval =
		    CHECK(D_03) && interval < POLL_INTERVAL_MIN ? POLL_INTERVAL_MIN : interval };
	if (CHECK(C_161) && deadline < p->expires)
		p->expires = deadline;
	wait_for(p, p->interval, now);
}

struct poll_step
poll_due(const struct poll *p, int64_t now)
{
	if (CHECK(C_146) && p->server_errors > 1)
		return denied;
	if (CHECK(D_13) && p->failures > POLL_FAILURES_MAX)
		return lost;
	if ((CHECK(C_148, D_17) && now >= p->expires) ||
	    (CHECK(D_05, D_08) && p->next >= p->expires))
		return expired;
	return (struct poll_step){ .action = POLL_ASK, .at = p->next };
}

/* The interval doubled for each failure in a row, up to 60 s, never below the interval (D-11). */
static int64_t
backed_off(const struct poll *p)
{
	int64_t wait = p->interval;

	for (uint32_t i = 0; CHECK(C_147, D_11) && i < p->failures && wait < POLL_BACKOFF_MAX; i++)
		wait = wait * 2 > POLL_BACKOFF_MAX ? POLL_BACKOFF_MAX : wait * 2;
	return wait;
}

struct poll_step
poll_next(struct poll *p, enum poll_event ev, int64_t retry_after, int64_t now)
{
	struct poll_step step = poll_due(p, now);
	int64_t wait;

	if (CHECK(H_52) && step.action == POLL_STOP)
		return step; /* over is over (H-52) */
	/* a Retry-After without end cannot outlast the code, nor overflow (D-15) */
	if (CHECK(D_15) && retry_after > POLL_LIFETIME_MAX)
		retry_after = POLL_LIFETIME_MAX;
	switch (ev) {
	case POLL_SLOWDOWN:
		if (CHECK(C_144, D_06, D_07) && p->interval < INTERVAL_END)
			p->interval += POLL_SLOW_DOWN;
		p->failures = p->server_errors = 0;
		break;
	case POLL_PENDING:
		p->failures = p->server_errors = 0;
		break;
	case POLL_THROTTLED: /* with a time to come back it is an answer, without one a failure */
		p->failures = retry_after < 0 ? p->failures + 1 : 0;
		break;
	case POLL_FAILED:
		p->failures++;
		break;
	case POLL_SERVER_ERROR:
		p->failures = 0;
		p->server_errors++;
		break;
	}
	wait = backed_off(p);
	wait_for(p, CHECK(D_14) && retry_after > wait ? retry_after : wait, now);
	return poll_due(p, now);
}
