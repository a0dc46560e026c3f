/*
 * Where a process sits: its login session as systemd-logind or elogind keeps it. cgroups(7);
 * sd_pid_get_session(3), sd_uid_get_display(3), whose files are read here without their library.
 */
#ifndef HELPER_SYS_SEAT_H
#define HELPER_SYS_SEAT_H

#include <stdbool.h>
#include <sys/types.h>

#include "helper/policy/flow.h"

struct seat_places {
	const char *proc;  /* "/proc" */
	const char *state; /* "/run/systemd": sessions/ID, users/UID */
};

extern const struct seat_places seat_system;

/*
 * Fills in session, remote, display, owner and caller; what cannot be read, is not root's, or says
 * something else than expected leaves them as if nothing were known. A process in a session's scope
 * is part of that session. One in its owner's user manager (a desktop's terminals, tmux) may be
 * used from any of the owner's sessions: display is that of the one which logind calls the display,
 * remote if any of them is.
 */
void seat_find(struct flow_facts *f, const struct seat_places *p, pid_t host);

/* Whether this user has sessions; true where that cannot be read. */
bool seat_is_taken(const struct seat_places *p, uid_t uid);

#endif
