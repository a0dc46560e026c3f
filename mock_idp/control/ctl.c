/* The control socket's client. */
#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/fdio.h"
#include "mock_idp/control/ctl.h"

#define LINE_MAX_OUT 8192

static int
dial(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(a.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(a.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof(a)) != 0)
		fdio_close(&fd);
	return fd;
}

/* The words with a blank between each two and a newline at the end. */
static bool
send_words(int fd, int nwords, char *const words[])
{
	struct buf *b = buf_new(LINE_MAX_OUT);
	bool ok = b != NULL;

	for (int i = 0; i < nwords && ok; i++)
		ok = strpbrk(words[i], "\n") == NULL &&
		    buf_printf(b, "%s%s", i == 0 ? "" : " ", words[i]) == E_OK;
	ok = ok && buf_puts(b, "\n") == E_OK && fdio_write_all(fd, buf_data(b), buf_len(b)) == E_OK;
	buf_free(b);
	return ok;
}

/* Copies one line; *good by its first bytes. False when the line does not end. */
static bool
copy_answer(int fd, int out, bool *good)
{
	static const char yes[] = "{\"ok\":true";
	char head[sizeof(yes) - 1] = { 0 }, chunk[4096];
	size_t nhead = 0;
	bool ended = false;

	while (!ended) {
		ssize_t n = read(fd, chunk, sizeof(chunk));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		for (ssize_t i = 0; i < n && nhead < sizeof(head); i++)
			head[nhead++] = chunk[i];
		ended = chunk[n - 1] == '\n';
		if (fdio_write_all(out, chunk, (size_t)n) != E_OK)
			return false;
	}
	*good = head[0] == '[' || memcmp(head, yes, sizeof(head)) == 0;
	return true;
}

int
ctl_run(const char *path, int nwords, char *const words[], int out)
{
	int fd = dial(path);
	bool good = false;

	if (fd < 0)
		(void)fprintf(stderr, "latchkey-mock-idp: %s: %s\n", path, strerror(errno));
	else if (!send_words(fd, nwords, words) || !copy_answer(fd, out, &good))
		(void)fprintf(stderr, "latchkey-mock-idp: %s: no answer\n", path);
	fdio_close(&fd);
	return good ? 0 : 1;
}
