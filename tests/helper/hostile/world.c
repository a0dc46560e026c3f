/* A host of its own for one login. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/helper/hostile/world.h"

static bool
no(const char *what)
{
	(void)printf("%s: %s\n", what, strerror(errno));
	return false;
}

static int
log_socket(void)
{
	const struct sockaddr_un sa = { .sun_family = AF_UNIX, .sun_path = "/run/log" };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0 || bind(fd, (const struct sockaddr *)&sa, sizeof(sa)) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

bool
world_enter(int *log)
{
	static const char *const empty[] = { "/run", "/var/lib", "/var/cache" };

	if (unshare(CLONE_NEWNS) != 0)
		return no("unshare");
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++)
		if (mount("hostile", empty[i], "tmpfs", MS_NOSUID | MS_NODEV, "mode=755") != 0)
			return no(empty[i]);
	if (mkdir(WORLD_DIR, 0755) != 0)
		return no(WORLD_DIR);
	if ((*log = log_socket()) < 0)
		return no("/run/log");
	return true;
}

bool
world_log(int log, struct buf *out)
{
	char message[8192];
	ssize_t n;

	while ((n = recv(log, message, sizeof(message), 0)) > 0) {
		while (n > 0 && (message[n - 1] == '\n' || message[n - 1] == '\0'))
			n--;
		if (buf_put(out, message, (size_t)n) != E_OK || buf_puts(out, "\n") != E_OK)
			return false;
	}
	return true;
}

bool
world_file(const char *name, const char *text, unsigned mode)
{
	char path[256];
	size_t len = strlen(text);
	bool ok;
	int fd;

	(void)snprintf(path, sizeof(path), WORLD_DIR "/%s", name);
	if ((fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)) < 0)
		return no(path);
	ok = write(fd, text, len) == (ssize_t)len && fchmod(fd, mode) == 0;
	return close(fd) == 0 && ok ? true : no(path);
}
