/* One login from START to VERDICT: gate, worker, approval, policy, ticket, log line. Design
 * section 6. */
#ifndef HELPER_LOGIN_H
#define HELPER_LOGIN_H

#include <stdbool.h>

#include "common/clock.h"
#include "helper/settings.h"

/* Where things are, and what the command line says; tests point them elsewhere, main.c to the
 * places of design section 2. */
struct login_paths {
	const char *vendor, *conf;   /* configuration */
	const char *worker;          /* program */
	const char *tickets, *cache; /* folders */
	const char *limits, *state, *pins;
	const enum settings_flow *flow; /* in place of the setting; NULL: none */
	bool debug;                     /* say in the log why it is that flow */
};

/*
 * Serves one module on fd and returns when the login has ended; the line is in the log then. 0 when
 * a verdict was sent, 1 when there was nobody left to send it to.
 */
int login_run(int fd, const struct login_paths *p, const struct clock *c);

#endif
