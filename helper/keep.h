/* The documents that pass through one login: what it starts with, and what it leaves. Design
 * section 8. */
#ifndef HELPER_KEEP_H
#define HELPER_KEEP_H

#include "helper/ipc.h"

#define KEEP_REFETCH_S 60 /* between two fetches of keys for unknown key ids (C-112, C-131) */
#define KEEP_MESSAGES 8   /* of one worker; it needs four */

struct keep {
	const char *dir, *issuer;             /* borrowed */
	struct ipc_document had[IPC_KINDS];   /* kind 0: none */
	struct ipc_document fresh[IPC_KINDS]; /* stored once the login is allowed */
	unsigned messages;
};

/* Reads what earlier logins left, and says in the job how much of it will follow. now: wall clock.
 */
void keep_load(
    struct keep *k, struct ipc_job *job, const char *dir, const char *issuer, int64_t now);

/* The next CACHED message to send after the job, borrowed; false: that was all. *at begins at 0. */
bool keep_next(const struct keep *k, size_t *at, struct ipc_msg *m);

/*
 * Takes a KEEP message over. Forgetting, and that keys were fetched anew, happen at once: they make
 * a later login ask more, or less often, and nothing else. A document waits for keep_store. E_SYS
 * ipc.order when the worker says more than it can have to say.
 */
enum errcode keep_take(struct keep *k, struct ipc_msg *m, int64_t now, struct err *e)
    __attribute__((warn_unused_result));

/* The login was allowed: what it fetched serves the next ones. A failure costs a request. */
void keep_store(const struct keep *k);

void keep_clear(struct keep *k);

#endif
