/* Commands whose answer comes when something has happened, or when they are tired of waiting. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/control/cmd.h"
#include "mock_idp/control/pick.h"

#define UNDECIDED (1U << CODE_PENDING)

/* Sets up the wait; word[at], if it is there, says how long it lasts. */
static json_t *
start_wait(struct cmd *cmd, enum control_waits what, uint64_t count, size_t at)
{
	uint64_t ms = CONTROL_WAIT_MS;

	if (cmd->n > at && !num_parse(cmd->word[at], 0, 3600000, &ms))
		return cmd_failed_with(
		    "must be a number of milliseconds, is \"%.32s\"", cmd->word[at]);
	cmd->wait->what = what;
	cmd->wait->count = count;
	cmd->wait->ep[0] = '\0';
	cmd->wait->deadline = clock_boot_ms(&cmd->w->clock) + (int64_t)ms;
	return NULL;
}

json_t *
cmd_wait_code(struct cmd *cmd)
{
	return start_wait(cmd, WAIT_CODE, 1, 1);
}

json_t *
cmd_wait_requests(struct cmd *cmd)
{
	uint64_t count;
	json_t *r;

	if (!num_parse(cmd->word[1], 1, JOURNAL_MAX, &count))
		return cmd_failed_with("must be a number of requests, is \"%.32s\"", cmd->word[1]);
	if (cmd->n > 3 && (strlen(cmd->word[3]) >= CONTROL_EP_MAX || !pick_is_ep(cmd->word[3])))
		return cmd_failed_with("%.64s is no endpoint", cmd->word[3]);
	r = start_wait(cmd, WAIT_REQUESTS, count, 2);
	if (r == NULL && cmd->n > 3)
		(void)snprintf(cmd->wait->ep, CONTROL_EP_MAX, "%s", cmd->word[3]);
	return r;
}

static uint64_t
requests_to(const struct world *w, const struct control_wait *wait)
{
	return wait->ep[0] == '\0' ? w->journal.requests : pick_count(&w->journal, wait->ep);
}

json_t *
cmd_wait_tired(const struct world *w, const struct control_wait *wait)
{
	uint64_t n;

	if (wait->what == WAIT_CODE)
		return cmd_failed("timeout: no code waits for a decision");
	n = requests_to(w, wait);
	return cmd_failed_with("timeout: %llu request%s%s%s, expected %llu", (unsigned long long)n,
	    n == 1 ? "" : "s", wait->ep[0] == '\0' ? "" : " to ", wait->ep,
	    (unsigned long long)wait->count);
}

json_t *
cmd_wait_came(const struct world *w, const struct control_wait *wait)
{
	uint64_t n;

	if (wait->what == WAIT_CODE) {
		const struct code *c = codes_last(&w->codes, UNDECIDED, world_ms(w));

		return c == NULL ? NULL : cmd_ok_code(c);
	}
	n = requests_to(w, wait);
	return n < wait->count ? NULL : json_pack("{s:b, s:I}", "ok", 1, "requests", (json_int_t)n);
}
