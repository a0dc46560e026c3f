/* The loopback flow from start to facts: an authorization code with PKCE, brought back by a browser
 * on this machine. RFC 8252, RFC 7636, RFC 9126, RFC 9207; C-022 to C-053. */
#ifndef HELPER_WORKER_FLOW_LOOPBACK_H
#define HELPER_WORKER_FLOW_LOOPBACK_H

#include "helper/worker/rp.h"

/*
 * Runs one login: discovery, the listener, the pushed request where the metadata or the job want
 * one, BROWSE to the monitor, the answer, one token request, verification, UserInfo when needed,
 * FACTS. Starts no browser (C-022). Fails with what the monitor is then told.
 */
enum errcode flow_loopback_run(const struct channel *c, const struct rp_start *start, struct err *e)
    __attribute__((warn_unused_result));

#endif
