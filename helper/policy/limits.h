/* Limits against strangers: which budgets a login spends from. Design section 6; C-163. Pure. */
#ifndef HELPER_POLICY_LIMITS_H
#define HELPER_POLICY_LIMITS_H

#include "common/err.h"
#include "helper/policy/budget.h"
#include "helper/policy/origin.h"
#include "helper/settings.h"

#define LIMITS_BUDGETS 3
#define LIMITS_CONV_COST 4 /* more, where the host cannot show what it was given to show */

/*
 * Who knocks. One who is known (this account signed in from there lately, another factor went
 * before, the console) spends from a budget of that account's own, which no stranger can empty; a
 * stranger from those of the address, its network and the account together.
 */
struct limits_who {
	const char *account;
	struct origin origin;
	bool known;  /* the account signed in from this origin within `remember` */
	bool factor; /* sshd had another proof of this person */
};

/* The budgets of a login: keys and rates. */
struct limits {
	struct {
		char key[BUDGET_KEY_MAX];
		struct budget_rate rate;
		const char *setting; /* "[limits] address" */
	} v[LIMITS_BUDGETS];
	size_t n;
	char pending[BUDGET_KEY_MAX]; /* of polls that end pending: the host's, or the account's */
	struct budget_rate pending_rate;
};

void limits_of(struct limits *l, const struct settings_limits *s, const struct limits_who *who);

/*
 * Spends a start (cost 1) from all of them, or from none and E_BUSY limit.start, with the setting
 * that was met. E_NOMEM.
 */
enum errcode limits_start(const struct limits *l, struct budget *b, int64_t now, struct err *e)
    __attribute__((warn_unused_result));

/* The same for one poll that ended pending: E_BUSY limit.pending. */
enum errcode limits_pending(const struct limits *l, struct budget *b, int64_t now, struct err *e)
    __attribute__((warn_unused_result));

/* The host could not show the prompt: LIMITS_CONV_COST more. */
enum errcode limits_unshown(const struct limits *l, struct budget *b, int64_t now)
    __attribute__((warn_unused_result));

/* Whether a refusal is worth a line: one a minute for each budget. */
bool limits_may_log(const struct limits *l, struct budget *b, int64_t now);

#endif
