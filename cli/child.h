/* The helper as a child of the command, started as the module starts it but for standard error. */
#ifndef CLI_CHILD_H
#define CLI_CHILD_H

#include <sys/types.h>

#include "common/err.h"

struct child {
	pid_t pid;
	int fd; /* [A] */
};

/* What its command line says; NULL: nothing. */
struct child_options {
	const char *helper; /* program */
	const char *conf, *flow;
};

/* Its standard error is ours: there it says what it says to the log, and why (-d, -e). E_SYS. */
enum errcode child_start(struct child *c, const struct child_options *o, struct err *e)
    __attribute__((warn_unused_result));

/* Closes the channel, which ends it, and waits for it; kills it after a while. */
void child_end(struct child *c);

#endif
