/* One login by the real helper, started and spoken to as the module does it. */
#ifndef TESTS_HELPER_HOSTILE_LOGIN_H
#define TESTS_HELPER_HOSTILE_LOGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "proto/msg.h"

struct login {
	bool over; /* there was a verdict */
	enum msg_verdict verdict;
	char reason[ERR_REASON_MAX];
	struct buf *shown; /* every text and prompt, a line end behind each */
	unsigned prompts;
	int64_t ms;
	long kib; /* most that helper or worker had resident */
};

/*
 * alice at sshd, who answers each prompt with Enter. conf is the helper's -c. False when the helper
 * or memory cannot be had, with a sentence on standard output; login_clear in any case. No child
 * may have been waited for before: kib is of all that were.
 */
bool login_try(struct login *l, const char *conf);
void login_clear(struct login *l);

/* "allow", "refused" and the like, for reports. */
const char *login_verdict_name(enum msg_verdict v);

#endif
