/* One end of [B]: one message to a deadline, for monitor and worker alike. */
#ifndef HELPER_LINK_H
#define HELPER_LINK_H

#include "common/clock.h"
#include "common/err.h"
#include "helper/ipc.h"

/* E_TIMEOUT, E_CLOSED when the other end is gone, E_LIMIT when it does not fit. */
enum errcode link_send(int fd, const struct ipc_msg *m, const struct clock *c, int64_t deadline,
    struct err *e) __attribute__((warn_unused_result));

/* ipc_clear. E_FORMAT for what is no message; else as link_send. */
enum errcode link_recv(int fd, struct ipc_msg *m, const struct clock *c, int64_t deadline,
    struct err *e) __attribute__((warn_unused_result));

#endif
