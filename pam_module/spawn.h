/* The helper as a child: chosen descriptors, environment and signals; reaped to a deadline. */
#ifndef PAM_MODULE_SPAWN_H
#define PAM_MODULE_SPAWN_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "common/clock.h"
#include "common/err.h"
#include "pam_module/args.h"

#define SPAWN_REAP_MS 1000

struct spawn {
	pid_t pid;
	int fd;                /* our end of the channel */
	struct sigaction chld; /* the host's, until spawn_end puts it back */
	bool chld_pending;
};

/*
 * Starts a->helper as "latchkey-helper [-c CONF] [-d]": the channel is its descriptor 0, /dev/null
 * 1 and 2, nothing else is open; PATH and LANG are its whole environment; no signal is ignored or
 * blocked. While it runs SIGCHLD has its default action. E_CFG: it is not installed. E_SYS: no
 * descriptors, memory or processes; nothing is left behind, then.
 */
enum errcode spawn_begin(struct spawn *s, const struct args *a, struct err *e)
    __attribute__((warn_unused_result));

/*
 * Closes the channel, which ends the helper; waits for it, kills it after SPAWN_REAP_MS. Its exit
 * status says nothing: a host may have reaped it (a thread that waits for all children).
 */
void spawn_end(struct spawn *s, const struct clock *c);

#endif
