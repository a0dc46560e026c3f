/* A syslog for one test: binds a datagram socket and appends each message it gets to a file, one a
 * line. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int
log_socket(const char *path)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(sa.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(sa.sun_path, path, strlen(path));
	if ((fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0)
		return -1;
	(void)umask(0);
	if (bind(fd, (const struct sockaddr *)&sa, sizeof(sa)) < 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

/* One message is one line, whatever it holds: a test must see a line break that was smuggled in. */
static size_t
one_line(char *buf, size_t n)
{
	while (n > 0 && (buf[n - 1] == '\n' || buf[n - 1] == '\0'))
		n--;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)buf[i] < ' ')
			buf[i] = '?';
	buf[n++] = '\n';
	return n;
}

int
main(int argc, char **argv)
{
	char buf[8193];
	ssize_t n;
	size_t len;
	int in, out;

	if (argc != 3) {
		(void)fprintf(stderr, "usage: devlog SOCKET FILE\n");
		return 2;
	}
	if ((out = open(argv[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) < 0 ||
	    (in = log_socket(argv[1])) < 0) {
		perror("devlog");
		return 1;
	}
	for (;;) {
		if ((n = recv(in, buf, sizeof(buf) - 1, 0)) < 0) {
			if (errno == EINTR)
				continue;
			perror("devlog");
			return 1;
		}
		len = one_line(buf, (size_t)n);
		if (write(out, buf, len) != (ssize_t)len) {
			perror("devlog");
			return 1;
		}
	}
}
