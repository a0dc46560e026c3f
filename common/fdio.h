/* Descriptors to a deadline: EINTR and short results are handled here and nowhere else. */
#ifndef COMMON_FDIO_H
#define COMMON_FDIO_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/clock.h"
#include "common/err.h"

/* poll(2) until something is ready or the deadline (boot ms) has passed: E_TIMEOUT. */
enum errcode fdio_wait(struct pollfd *p, nfds_t n, const struct clock *c, int64_t deadline)
    __attribute__((warn_unused_result));

/* Reads to the end of the file into b; E_LIMIT when it holds more than b may. */
enum errcode fdio_read_all(int fd, struct buf *b) __attribute__((warn_unused_result));

/* Writes everything, for regular files. */
enum errcode fdio_write_all(int fd, const void *p, size_t len) __attribute__((warn_unused_result));

/* close(2) and -1 into *fd; nothing when it is -1 already. Keeps errno. */
void fdio_close(int *fd);

#endif
