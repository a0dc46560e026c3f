/* The device flow from start to facts. RFC 8628. */
#ifndef HELPER_WORKER_FLOW_DEVICE_H
#define HELPER_WORKER_FLOW_DEVICE_H

#include "helper/worker/channel.h"

/* What a login starts with; all borrowed. */
struct flow_start {
	const struct ipc_job *job;
	const struct ipc_document *cached; /* documents of earlier logins */
	size_t ncached;
};

/*
 * Runs one login: discovery, device authorization, CODE to the monitor, a token request for each
 * POLL (not before the interval allows), verification, UserInfo when needed, FACTS. Fails with what
 * the monitor is then told.
 */
enum errcode flow_device_run(const struct channel *c, const struct flow_start *start, struct err *e)
    __attribute__((warn_unused_result));

#endif
