/* The end of a good login: the facts, and then, where it is asked for, the access token given back.
 * RFC 7009; C-153, C-154. */
#ifndef HELPER_WORKER_FAREWELL_H
#define HELPER_WORKER_FAREWELL_H

#include "helper/identity.h"
#include "helper/oidc/token.h"
#include "helper/worker/rp.h"

/*
 * Sends FACTS. With job->revoke, and where the provider offers it, waits for the monitor's REVOKE
 * and then has IPC_REVOKE_MS for one request, whatever becomes of it. E_OK once the facts are sent:
 * nothing after that is part of the login.
 */
enum errcode farewell(const struct rp *p, const struct token *t, struct identity *facts,
    struct err *e) __attribute__((warn_unused_result));

#endif
