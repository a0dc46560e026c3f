/* One login by the real helper, started and spoken to as the module does it. */
#ifndef TESTS_HELPER_HOSTILE_LOGIN_H
#define TESTS_HELPER_HOSTILE_LOGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "proto/msg.h"
#include "tests/helper/hostile/browser.h"

struct login {
	bool over; /* there was a verdict */
	enum msg_verdict verdict;
	char reason[ERR_REASON_MAX];
	struct buf *shown; /* every text and prompt, a line end behind each */
	bool asked; /* something was shown that somebody could act upon: a code or an address */
	int64_t ms;
	long kib; /* most that helper or worker had resident */
};

/*
 * alice at sshd, who answers each prompt with Enter, and has this browser open the address that she
 * is shown. conf is the helper's -c. False when the helper or memory cannot be had, with a sentence
 * on standard output; login_clear in any case. No child may have been waited for before: kib is of
 * all that were.
 */
bool login_try(struct login *l, const char *conf, struct browser *b);
void login_clear(struct login *l);

/* "allow", "refused" and the like, for reports. */
const char *login_verdict_name(enum msg_verdict v);

#endif
