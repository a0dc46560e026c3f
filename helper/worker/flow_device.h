/* The device flow from start to facts. RFC 8628. */
#ifndef HELPER_WORKER_FLOW_DEVICE_H
#define HELPER_WORKER_FLOW_DEVICE_H

#include "helper/worker/rp.h"

/*
 * Runs one login: discovery, device authorization, CODE to the monitor, a token request for each
 * POLL (not before the interval allows), verification, UserInfo when needed, FACTS. Fails with what
 * the monitor is then told.
 */
enum errcode flow_device_run(const struct channel *c, const struct rp_start *start, struct err *e)
    __attribute__((warn_unused_result));

#endif
