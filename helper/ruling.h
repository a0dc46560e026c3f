/* The monitor's decision over a login: what this host knows of the account, the pin, the verdict.
 */
#ifndef HELPER_RULING_H
#define HELPER_RULING_H

#include "common/clock.h"
#include "helper/policy/verdict.h"
#include "helper/sys/account.h"

/* All borrowed. */
struct ruling {
	const struct settings *settings;
	const struct identity *id;
	const struct verdict_login *login;
	const struct account *account;
	const char *pins; /* folder */
	const struct clock *clock;
};

/*
 * Judges (*v is filled whole; verdict_clear), and writes the pin of a first login before it counts:
 * where another login was faster, it is judged by that one's. E_OK where the verdict allows, else
 * the refusal's class with its reason; also what account_groups and sys/pins say.
 */
enum errcode ruling_make(struct verdict *v, const struct ruling *r, struct err *e)
    __attribute__((warn_unused_result));

#endif
