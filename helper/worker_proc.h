/* The worker as the monitor sees it: start, speak, listen, reap. */
#ifndef HELPER_WORKER_PROC_H
#define HELPER_WORKER_PROC_H

#include <stdint.h>
#include <sys/types.h>

#include "common/clock.h"
#include "common/err.h"
#include "helper/ipc.h"

#define WORKER_PROC_USER "latchkey" /* sysusers; without shell, home or rights */

struct worker_proc {
	pid_t pid; /* -1: none */
	int fd;    /* our end of [B], -1: none */
};

/*
 * Starts the program at path as uid and gid: descriptor 0 is [B], 1 and 2 are /dev/null, nothing
 * else is open; the environment is empty. The program must belong to root and be closed to others'
 * writing. E_CFG cfg.worker when it is missing or unfit, E_SYS sys.spawn when the system lacks the
 * means.
 */
enum errcode worker_proc_start(struct worker_proc *w, const char *path, uid_t uid, gid_t gid,
    struct err *e) __attribute__((warn_unused_result));

enum errcode worker_proc_send(struct worker_proc *w, const struct ipc_msg *m, const struct clock *c,
    int64_t deadline, struct err *e) __attribute__((warn_unused_result));

/* The next message (ipc_clear). A worker that is gone is E_SYS sys.worker, one that babbles E_SYS
 * ipc.format. */
enum errcode worker_proc_recv(struct worker_proc *w, struct ipc_msg *m, const struct clock *c,
    int64_t deadline, struct err *e) __attribute__((warn_unused_result));

/* Closes [B], which ends the worker, and reaps it; kills it when it is not gone within a quarter of
 * a second. */
void worker_proc_stop(struct worker_proc *w, const struct clock *c);

/*
 * The login is over, and the worker may go on (REVOKE): leaves a process behind that holds [B] and
 * nothing else, and kills the worker when it has not ended within ms. Returns at once; whoever
 * waits for this process does not wait for them. Where that cannot be, stops the worker.
 */
void worker_proc_leave(struct worker_proc *w, const struct clock *c, int64_t ms);

#endif
