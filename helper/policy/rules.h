/* The administrator's rules over a verified person: who may come in, which local groups they earn.
 * Pure. */
#ifndef HELPER_POLICY_RULES_H
#define HELPER_POLICY_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "common/strlist.h"
#include "helper/identity.h"
#include "helper/settings.h"

/*
 * Whether the person is in a group of [login] allow_groups, and in one of the service's own where
 * it has them (it narrows). rule (size bytes) says what decided: "[login] allow_groups" on a
 * refusal, "[login] allow_groups: linux-users" on a pass, and the service's part behind "; " where
 * it narrows. Without has_groups nobody is in a group.
 */
bool rules_allow(const struct settings *s, const struct identity *id, const char *service,
    char *rule, size_t size);

/* The local groups of [group] sections that the person earned; *out is empty before. */
enum errcode rules_groups(const struct settings *s, const struct identity *id, struct strlist *out)
    __attribute__((warn_unused_result));

#endif
