/* The decision that this PAM handle carries from authenticate to the session, in PAM data; in sshd,
 * whose authenticating child is another process, by way of the ticket. pam_set_data(3). */
#ifndef PAM_MODULE_DECISION_H
#define PAM_MODULE_DECISION_H

#include <security/pam_modules.h>
#include <stdbool.h>
#include <sys/types.h>

#include "common/clock.h"
#include "common/err.h"
#include "proto/grant.h"

/* Keeps *g, which it empties, and names the ticket ("" for none) in the PAM environment. E_NOMEM.
 */
enum errcode decision_keep(pam_handle_t *pamh, struct grant *g, const char *ticket, struct err *e)
    __attribute__((warn_unused_result));

/* What authenticate decided in this process; NULL without. Borrowed from the handle. */
const struct grant *decision_get(pam_handle_t *pamh);

struct decision_place {
	const char *dir; /* of tickets */
	uid_t owner;
	const struct clock *clock;
};

/* Lockers authenticate again and again on one handle, and a stack may name us twice: nothing of an
 * earlier login stays, nor its ticket. */
void decision_forget(pam_handle_t *pamh, const struct decision_place *at);

/*
 * For setcred and open_session: the handle's decision, else what a ticket gives, NULL without
 * either; and never again a ticket's name in the environment, which the session would inherit. Why
 * a ticket was not taken is in *e.
 */
const struct grant *decision_find(
    pam_handle_t *pamh, const struct decision_place *at, struct err *e);

/* True when the handle's user is the account that was verified, and the service the one asked. */
bool decision_is_for(pam_handle_t *pamh, const struct grant *g);

/* A PAM item as text, "" when the host has not set it. */
const char *decision_item(pam_handle_t *pamh, int item);

#endif
