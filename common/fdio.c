/* Descriptors to a deadline. */
#include "config.h"

#include <errno.h>
#include <unistd.h>

#include "common/fdio.h"

enum errcode
fdio_wait(struct pollfd *p, nfds_t n, const struct clock *c, int64_t deadline)
{
	for (;;) {
		int left = clock_left(c, deadline), got = poll(p, n, left);

		if (got > 0)
			return E_OK;
		if (got < 0 && errno != EINTR && errno != EAGAIN)
			return E_SYS;
		if (clock_left(c, deadline) == 0)
			return E_TIMEOUT;
	}
}

enum errcode
fdio_read_all(int fd, struct buf *b)
{
	uint8_t chunk[4096];
	enum errcode r;
	ssize_t n;

	do {
		n = read(fd, chunk, sizeof(chunk));
		if (n < 0 && errno != EINTR)
			return E_SYS;
		if (n > 0 && (r = buf_put(b, chunk, (size_t)n)) != E_OK)
			return r;
	} while (n != 0);
	return E_OK;
}

enum errcode
fdio_write_all(int fd, const void *p, size_t len)
{
	const uint8_t *at = p;

	while (len > 0) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno != EINTR)
			return E_SYS;
		if (n > 0) {
			at += n;
			len -= (size_t)n;
		}
	}
	return E_OK;
}

void
fdio_close(int *fd)
{
	int saved = errno;

	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
	errno = saved;
}
