/*
 * The ticket: what sshd's later phases need of a decision that its authenticating child made
 * (design section 6). A file tickets/<32 hex digits>, root, 0600, written by the monitor before
 * VERDICT, redeemed once by the module.
 */
#ifndef PROTO_TICKET_H
#define PROTO_TICKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "proto/grant.h"

#define TICKET_VARIABLE "LATCHKEY_TICKET" /* of the PAM environment */
#define TICKET_NAME_LEN 32
#define TICKET_BYTES_MAX (32 * 1024)
#define TICKET_AGE_MAX_MS (10 * 60 * 1000)
#define TICKET_BOOT_ID_LEN 36
#define TICKET_FORMAT 1

/* A process that cannot be mistaken for a later one with its pid: pid and start time in ticks.
 * proc(5), stat field 22. */
struct ticket_process {
	int32_t pid;
	uint64_t start;
};

struct ticket {
	char boot_id[TICKET_BOOT_ID_LEN + 1]; /* /proc/sys/kernel/random/boot_id */
	int64_t written;                      /* boot ms */
	struct ticket_process caller, parent; /* who called authenticate, and its parent */
	struct grant grant;
};

/* Encode and decode stand together in ticket.c; the format version comes first, an unknown one is
 * E_FORMAT. */
enum errcode ticket_encode(struct buf *b, const struct ticket *t, struct err *e)
    __attribute__((warn_unused_result));
enum errcode ticket_decode(const void *p, size_t len, struct ticket *t, struct err *e)
    __attribute__((warn_unused_result));
void ticket_clear(struct ticket *t);

/* 32 lower-case hex digits, nothing else: the only names that are ever opened. */
bool ticket_is_name(const char *s);

/*
 * Reads pid's start time and parent from /proc (start: field 22, ppid: field 4; the command name
 * may hold blanks and parentheses). false when it is gone or /proc is not there.
 */
bool ticket_process_read(int32_t pid, struct ticket_process *self, int32_t *ppid);
bool ticket_boot_id(char out[TICKET_BOOT_ID_LEN + 1]);

#endif
