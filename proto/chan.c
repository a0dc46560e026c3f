/* One end of a SOCK_SEQPACKET pair: one packet to a deadline. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/fdio.h"
#include "common/secmem.h"
#include "proto/chan.h"

enum errcode
chan_pair(int fd[2], struct err *e)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return err_set(e, E_SYS, NULL, "socketpair: %s", strerror(errno));
	fd[0] = pair[0];
	fd[1] = pair[1];
	return E_OK;
}

static enum errcode
wait_for(int fd, short events, const struct clock *c, int64_t deadline, struct err *e)
{
	struct pollfd p = { .fd = fd, .events = events };
	enum errcode r = fdio_wait(&p, 1, c, deadline);

	if (r == E_OK && (p.revents & POLLNVAL) != 0)
		return err_set(e, E_SYS, NULL, "the channel is not open");
	if (r == E_TIMEOUT)
		return err_set(e, r, NULL, "nothing happened on the channel in time");
	return r == E_OK ? r : err_set(e, r, NULL, "poll: %s", strerror(errno));
}

enum errcode
chan_send(int fd, const struct buf *packet, const struct clock *c, int64_t deadline, struct err *e)
{
	enum errcode r;

	/* On SOCK_SEQPACKET an empty packet reads like end of file. */
	if (buf_len(packet) == 0)
		return err_set(e, E_FORMAT, NULL, "an empty packet cannot be sent");
	for (;;) {
		if (send(fd, buf_data(packet), buf_len(packet), MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
			return E_OK;
		if (errno == EPIPE || errno == ECONNRESET)
			return err_set(e, E_CLOSED, NULL, "the other end is gone");
		if (errno != EAGAIN && errno != EINTR)
			return err_set(e, E_SYS, NULL, "send: %s", strerror(errno));
		if ((r = wait_for(fd, POLLOUT, c, deadline, e)) != E_OK)
			return r;
	}
}

/*
 * What is at the head of the queue, into p. No room for ancillary data is given, so the kernel
 * drops descriptors that come along.
 */
static ssize_t
take(int fd, uint8_t *p, size_t size, bool *cut)
{
	struct iovec iov = { .iov_base = p, .iov_len = size };
	struct msghdr h = { .msg_iov = &iov, .msg_iovlen = 1 };
	ssize_t n = recvmsg(fd, &h, MSG_DONTWAIT);

	/* A peer that closed with our packet unread leaves an error in front of its last words. */
	if (n < 0 && errno == ECONNRESET)
		n = recvmsg(fd, &h, MSG_DONTWAIT);
	*cut = n >= 0 && (h.msg_flags & MSG_TRUNC) != 0;
	return n;
}

static enum errcode
receive(int fd, struct buf *b, uint8_t *p, size_t max, const struct clock *c, int64_t deadline,
    struct err *e)
{
	enum errcode r;
	bool cut;
	ssize_t n;

	for (;;) {
		if ((n = take(fd, p, max, &cut)) >= 0)
			break;
		if (errno == ECONNRESET)
			return err_set(e, E_CLOSED, NULL, "the other end is gone");
		if (errno != EAGAIN && errno != EINTR)
			return err_set(e, E_SYS, NULL, "recvmsg: %s", strerror(errno));
		if ((r = wait_for(fd, POLLIN, c, deadline, e)) != E_OK)
			return r;
	}
	if (cut)
		return err_set(e, E_FORMAT, NULL, "a packet of more than %zu bytes", max);
	if (n == 0)
		return err_set(e, E_CLOSED, NULL, "the other end is gone");
	if ((r = buf_put(b, p, (size_t)n)) != E_OK)
		return err_set(e, r, NULL, "no room for a packet of %zd bytes", n);
	return E_OK;
}

enum errcode
chan_recv(int fd, struct buf *b, size_t max, const struct clock *c, int64_t deadline, struct err *e)
{
	enum errcode r;
	uint8_t *p;

	buf_reset(b);
	if ((p = malloc(max)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	r = receive(fd, b, p, max, c, deadline, e);
	secmem_free(p, max);
	return r;
}

enum errcode
chan_peer(int fd, pid_t *pid, uid_t *uid, struct err *e)
{
	struct ucred cred;
	socklen_t len = sizeof(cred);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) != 0 || len != sizeof(cred))
		return err_set(e, E_SYS, NULL, "SO_PEERCRED: %s", strerror(errno));
	*pid = cred.pid;
	*uid = cred.uid;
	return E_OK;
}
