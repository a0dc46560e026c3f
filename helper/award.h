/* What an allowed login gives to its session: the verdict and the facts to a grant. */
#ifndef HELPER_AWARD_H
#define HELPER_AWARD_H

#include "helper/identity.h"
#include "helper/policy/verdict.h"
#include "proto/grant.h"

/*
 * Fills *g (grant_clear, also after a failure). The person's name is escaped to printable ASCII;
 * the verdict's environment is copied, its local groups become ids.
 * E_NOMEM, E_CFG cfg.group, E_SYS.
 */
enum errcode award_grant(struct grant *g, const struct verdict_login *login,
    const struct identity *id, const struct verdict *v, struct err *e)
    __attribute__((warn_unused_result));

#endif
