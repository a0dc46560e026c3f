/* What one login spends of the host's budgets. Design section 6; C-163. */
#ifndef HELPER_TOLL_H
#define HELPER_TOLL_H

#include "common/clock.h"
#include "common/err.h"
#include "helper/policy/limits.h"
#include "helper/settings.h"
#include "proto/msg.h"

struct toll {
	const char *dir;   /* of the ledger; NULL: nothing was asked for yet */
	const char *state; /* where known origins are kept */
	const struct clock *clock;
	const struct settings_limits *settings;
	struct limits limits;
	struct limits_who who;
};

/* A login begins: E_BUSY limit.start over a limit; *quiet: the log has had its line for this
 * minute. Everything is borrowed. E_SYS limit.ledger. */
enum errcode toll_start(struct toll *t, const struct msg_start *start, bool *quiet, struct err *e)
    __attribute__((warn_unused_result));

/* The provider was asked in vain. E_BUSY limit.pending when that was the last time. */
enum errcode toll_pending(const struct toll *t, struct err *e) __attribute__((warn_unused_result));

/* The host could not show the prompt; a failure to count that is nobody's. */
void toll_unshown(const struct toll *t);

/* The person signed in: from there, they are known now. */
void toll_welcome(const struct toll *t);

#endif
