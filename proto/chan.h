/* One end of a SOCK_SEQPACKET pair: one packet to a deadline, and who is at the other end. unix(7).
 */
#ifndef PROTO_CHAN_H
#define PROTO_CHAN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/buf.h"
#include "common/clock.h"
#include "common/err.h"

#define CHAN_MAX (32 * 1024) /* bytes of a packet on [A] */

/* A connected pair, both ends close-on-exec. E_SYS: no descriptors or memory. */
enum errcode chan_pair(int fd[2], struct err *e) __attribute__((warn_unused_result));

/* Sends one packet, never empty. E_TIMEOUT, E_CLOSED (the other end is gone; no SIGPIPE), E_SYS. */
enum errcode chan_send(int fd, const struct buf *packet, const struct clock *c, int64_t deadline,
    struct err *e) __attribute__((warn_unused_result));

/*
 * Receives one packet into b, which is emptied first; a packet larger than max is E_FORMAT.
 * Descriptors that come along are closed unseen. E_TIMEOUT, E_CLOSED at end of file, E_SYS.
 */
enum errcode chan_recv(int fd, struct buf *b, size_t max, const struct clock *c, int64_t deadline,
    struct err *e) __attribute__((warn_unused_result));

/* Process and effective user at the other end when the pair was made. SO_PEERCRED. */
enum errcode chan_peer(int fd, pid_t *pid, uid_t *uid, struct err *e)
    __attribute__((warn_unused_result));

#endif
