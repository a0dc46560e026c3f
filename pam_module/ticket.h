/* Redeeming a ticket: one winner, then the file is gone. proto/ticket.h says what it holds. */
#ifndef PAM_MODULE_TICKET_H
#define PAM_MODULE_TICKET_H

#include <sys/types.h>

#include "common/clock.h"
#include "common/err.h"
#include "proto/ticket.h"

#define TICKET_DIR RUNSTATEDIR "/latchkey/tickets"

/* Who redeems: a test fills it, everybody else takes ticket_here. */
struct ticket_holder {
	const char *account; /* PAM_USER */
	const char *service;
	struct ticket_process self;
	char boot_id[TICKET_BOOT_ID_LEN + 1];
	int64_t now; /* boot ms */
};

/* This process, this boot, this moment. E_SYS without /proc. */
enum errcode ticket_here(struct ticket_holder *h, const char *account, const char *service,
    const struct clock *c, struct err *e) __attribute__((warn_unused_result));

/*
 * Takes the ticket called name out of dir, which belongs to owner (0; a test's own uid) alone, and
 * gives its grant when h may have it. The file is gone whatever is in it. E_FORMAT: not a name, not
 * our kind of file; E_CLOSED: no such ticket; E_NAME: not for h; E_EXP; E_SYS.
 */
enum errcode ticket_redeem(const char *dir, uid_t owner, const char *name,
    const struct ticket_holder *h, struct grant *g, struct err *e)
    __attribute__((warn_unused_result));

/* Removes a ticket that nobody needs any more. */
void ticket_discard(const char *dir, uid_t owner, const char *name);

#endif
