/* A verified ID token, and UserInfo where it is needed, to the facts that the monitor gets. Pure.
 */
#ifndef HELPER_WORKER_FACTS_H
#define HELPER_WORKER_FACTS_H

#include <stdbool.h>

#include "helper/identity.h"
#include "helper/ipc.h"
#include "helper/oidc/claims.h"
#include "helper/oidc/idtoken.h"

/* Whether the ID token alone does not say who this is or in which groups (C-097: Authelia's normal
 * case). */
bool facts_need_userinfo(const struct idtoken *t, const struct ipc_job *job);

/*
 * Fills *id. userinfo is NULL where none was fetched; else its sub was compared already. The name
 * comes from the ID token, else from UserInfo, and must agree where both have it (C-095); groups
 * from one source, UserInfo if fetched (providers.md row 15). Wrong types are E_CLM; what is
 * missing stays missing: policy refuses it.
 */
enum errcode facts_fill(struct identity *id, const struct idtoken *t, const struct claims *userinfo,
    const struct ipc_job *job, struct err *e) __attribute__((warn_unused_result));

#endif
