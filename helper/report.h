/* How a login ended: the verdict for the module, the one line for the log. */
#ifndef HELPER_REPORT_H
#define HELPER_REPORT_H

#include <stdint.h>

#include "common/err.h"
#include "common/log.h"
#include "helper/identity.h"
#include "proto/msg.h"

/* What the line tells; NULL or "" where it is not known. */
struct report {
	const char *login_id;
	enum msg_verdict verdict;
	const char *reason; /* reason id */
	const char *why;    /* one sentence; not written for an allowed login */
	const char *user, *service, *rhost, *tty, *ruser, *flow;
	const char *sub, *name, *rule, *groups; /* groups: granted, separated by commas */
	int64_t ms;
};

/* The class of a failure to the verdict; design section 6's table. E_OK is ALLOW. */
enum msg_verdict report_verdict(enum errcode code);

/* "allow", "deny", ... as the log has it. */
const char *report_verdict_name(enum msg_verdict v);

/* "device", "loopback"; "" for none. */
const char *report_flow_name(enum identity_flow flow);

/* syslog(3) priority (without facility): a configuration error is critical, a refusal a notice. */
int report_priority(enum msg_verdict v, enum errcode code);

void report_line(struct logline *l, const struct report *r);

#endif
