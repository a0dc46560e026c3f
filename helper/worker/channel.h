/* The worker's end of [B]. */
#ifndef HELPER_WORKER_CHANNEL_H
#define HELPER_WORKER_CHANNEL_H

#include "common/clock.h"
#include "common/err.h"
#include "helper/ipc.h"

struct channel {
	int fd;
	const struct clock *clock;
};

enum errcode channel_send(const struct channel *c, const struct ipc_msg *m, struct err *e)
    __attribute__((warn_unused_result));

/* One message of this type, else E_FORMAT b.order; E_CLOSED when the monitor hung up, E_TIMEOUT at
 * the deadline. */
enum errcode channel_recv(const struct channel *c, enum ipc_type type, struct ipc_msg *m,
    int64_t deadline, struct err *e) __attribute__((warn_unused_result));

/* Waits until the moment `until` (boot ms) has come: E_OK; E_CLOSED when the monitor hangs up
 * first. */
enum errcode channel_sleep(const struct channel *c, int64_t until, struct err *e)
    __attribute__((warn_unused_result));

/* Reports a failure; text is made printable. Nobody is told when that fails. */
void channel_fail(const struct channel *c, enum errcode code, const struct err *why);

#endif
