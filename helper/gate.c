/* Whom this login concerns at all. */
#include "config.h"

#include "helper/gate.h"
#include "helper/policy/ceiling.h"

bool
gate_spares_root(const struct settings *s, const char *user, const struct account *a)
{
	return a->exists && a->uid == 0 && (s == NULL || settings_account_for(s, user) == NULL);
}

enum gate
gate_judge(const struct settings *s, const struct settings_login *l, const char *service,
    const char *user, const struct account *a, const char **reason)
{
	*reason = "ok";
	if (!settings_serves(s, service))
		*reason = "exempt.service";
	else if (l->flow == SETTINGS_FLOW_NONE)
		*reason = "exempt.flow";
	else if (strlist_has(&l->ignore_users, user))
		*reason = "exempt.user";
	else if (!a->exists) {
		*reason = "usr.unknown";
		return GATE_STRANGER;
	} else if (settings_account_for(s, user) == NULL && ceiling_is_system(a->uid, l->min_uid))
		*reason = "exempt.system";
	else
		return GATE_LOGIN;
	return GATE_EXEMPT;
}
