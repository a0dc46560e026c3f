/* Whether a login ended as its scenario says: class, reason, journal, and nothing leaked. */
#ifndef TESTS_HELPER_HOSTILE_JUDGE_H
#define TESTS_HELPER_HOSTILE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/helper/hostile/login.h"
#include "tests/helper/hostile/reasons.h"
#include "tests/support/idp/process.h"

#define JUDGE_KIB 32768 /* resident memory that helper and worker may have, each */

struct judge {
	const json_t *scenario; /* of --list --json */
	const struct login *login;
	const char *log; /* what came to syslog */
	const struct reasons *reasons;
	const struct process *mock;
	bool led_away;    /* the browser itself goes where nobody should */
	bool journal;     /* what the scenario expects of it is asked too */
	int64_t limit_ms; /* of the whole login */
	char why[400];    /* the first thing that is not as it should be */
};

bool judge_is_golden(const json_t *scenario);

/* Everything; why is filled where it is false. */
bool judge(struct judge *j);

#endif
