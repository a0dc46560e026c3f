/* The monitor's side of tickets: written for sshd's later phases, swept when nobody came for them.
 */
#ifndef HELPER_SYS_TICKETS_H
#define HELPER_SYS_TICKETS_H

#include <stdint.h>
#include <sys/types.h>

#include "common/clock.h"
#include "common/err.h"
#include "proto/grant.h"
#include "proto/ticket.h"

#define TICKETS_MAX 4096 /* files at once */

/*
 * Writes a ticket for the process caller (and its parent) into the folder dir and puts its name
 * into name. Expired files are removed first. E_SYS ticket.write, ticket.full, ticket.proc: without
 * a ticket there is no login.
 */
enum errcode tickets_write(char name[TICKET_NAME_LEN + 1], const char *dir, pid_t caller,
    const struct grant *g, const struct clock *c, struct err *e)
    __attribute__((warn_unused_result));

#endif
