/* Giving up rights: what a process is before it meets anything foreign. */
#ifndef HELPER_SYS_CONFINE_H
#define HELPER_SYS_CONFINE_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * Makes a spawned helper root's own: a session of its own (^C at the terminal must not kill it),
 * real and saved ids 0 (in su and sudo the real uid is the user's, who could kill or stop it), no
 * groups, umask 077, cwd /, no core, limits back from what the user set (as far as leaves room to
 * work), not dumpable. False when one of it fails. credentials(7), prctl(2).
 */
bool confine_monitor(void);

/*
 * In the forked child, just before exec: uid and gid for good, no groups, no capabilities and none
 * to regain, no_new_privs, rlimits. The real gid is left at nobody's, so that exec sees two
 * different gids: the kernel then starts the program non-dumpable (and glibc in secure mode), and
 * no other worker can open its memory between exec and its first instruction.
 * confine_worker_started undoes the gid. Returns the name of the step that failed, or NULL.
 */
const char *confine_worker(uid_t uid, gid_t gid);

/* First thing in the worker: non-dumpable, one gid, dies with its monitor; false if traced, root,
 * or any of it fails. */
bool confine_worker_started(void);

/* From now on the monitor's end is not this worker's: it ends by itself, or by the process that
 * worker_proc_leave left with it. */
void confine_worker_outlive(void);

#endif
