/* Whom this login concerns at all: the exempt, the strangers, the rest. Pure. */
#ifndef HELPER_GATE_H
#define HELPER_GATE_H

#include "helper/settings.h"
#include "helper/sys/account.h"

enum gate {
	GATE_EXEMPT,   /* ignore: other modules decide */
	GATE_STRANGER, /* NSS knows no such name: the decoy */
	GATE_LOGIN,
};

/*
 * Whether root is left alone (exempt.root), whatever the rest says: it has no [account] section, or
 * the settings are not valid (s is NULL), for a mistake in them never stands between root and its
 * own password. To be asked first.
 */
bool gate_spares_root(const struct settings *s, const char *user, const struct account *a);

/*
 * *reason: exempt.service, exempt.flow, exempt.user, exempt.system, usr.unknown, or "ok". An
 * [account] section makes a login of a system account's, ignore_users takes it back. Design
 * section 6.
 */
enum gate gate_judge(const struct settings *s, const struct settings_login *l, const char *service,
    const char *user, const struct account *a, const char **reason);

#endif
