/* A host in the shape of sshd: a child authenticates and hands its PAM environment to its parent,
 * which opens the session. */
#ifndef TESTS_COMPONENT_SSHD_H
#define TESTS_COMPONENT_SSHD_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/component/host.h"

#define SSHD_TICKETS RUNSTATEDIR "/latchkey/tickets"
#define SSHD_SCRIPT "grant group=4242\nticket " SSHD_TICKETS "\nverdict allow\n"

struct sshd {
	struct host h;      /* the monitor's handle */
	char variable[128]; /* LATCHKEY_TICKET=..., as the child had it */
};

/* A mount namespace with an empty RUNSTATEDIR, for main; false where there is none to be had. */
bool sshd_namespace(void);

/* cmocka's set-up and tear-down: a child has authenticated, its ticket waits. */
int sshd_begin(void **state);
int sshd_end(void **state);

/* Runs act(h) in a child; its variable comes back. */
void sshd_in_child(struct sshd *s, void (*act)(struct host *));
void sshd_authenticate(struct host *h);
void sshd_copy_variable(pam_handle_t *pamh, char *out, size_t size);

/* How many tickets there are. */
int sshd_tickets(void);

#endif
