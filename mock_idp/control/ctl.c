/* The control socket's client. */
#include "config.h"

#include <errno.h>
#include <limits.h>
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

/* A file is one of whoever asks, not of where the server was started. */
static bool
is_file(int nwords, char *const words[], int i)
{
	return nwords == 2 && i == 1 && *words[i] != '/' &&
	    (strcmp(words[0], "load") == 0 || strcmp(words[0], "append") == 0);
}

static bool
put_word(struct buf *b, const char *word, bool first, bool file)
{
	char here[PATH_MAX];

	if (file && getcwd(here, sizeof(here)) == NULL)
		return false;
	/* a blank would make two words of it */
	if (file && strpbrk(here, " \t\n") != NULL)
		return false;
	return strpbrk(word, "\n") == NULL &&
	    buf_printf(b, "%s%s%s%s", first ? "" : " ", file ? here : "", file ? "/" : "", word) ==
	    E_OK;
}

/* The words with a blank between each two and a newline at the end. */
static bool
send_words(int fd, int nwords, char *const words[])
{
	struct buf *b = buf_new(LINE_MAX_OUT);
	bool ok = b != NULL;

	for (int i = 0; i < nwords && ok; i++)
		ok = put_word(b, words[i], i == 0, is_file(nwords, words, i));
	ok = ok && buf_puts(b, "\n") == E_OK && fdio_write_all(fd, buf_data(b), buf_len(b)) == E_OK;
	buf_free(b);
	return ok;
}

static bool
begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* Copies lines up to the one that ends the answer; *good by that one. Behind lines that somebody
 * asked for it only counts them, and is left out. False when the answer does not end. */
static bool
copy_answer(FILE *in, int out, bool *good)
{
	char piece[4096];
	bool last = false, hide = false, begin = true;

	while (fgets(piece, sizeof(piece), in) != NULL) {
		if (begin) {
			last = begins(piece, "{\"ok\":");
			*good = begins(piece, "{\"ok\":true");
			hide = begins(piece, "{\"ok\":true,\"entries\":");
		}
		if (!hide && fdio_write_all(out, piece, strlen(piece)) != E_OK)
			return false;
		begin = piece[strlen(piece) - 1] == '\n';
		if (begin && last)
			return true;
	}
	return false;
}

int
ctl_run(const char *path, int nwords, char *const words[], int out)
{
	int fd = dial(path);
	FILE *in = fd < 0 ? NULL : fdopen(fd, "r");
	bool good = false;

	if (in == NULL) {
		(void)fprintf(stderr, "latchkey-mock-idp: %s: %s\n", path, strerror(errno));
		fdio_close(&fd);
		return 1;
	}
	if (!send_words(fd, nwords, words) || !copy_answer(in, out, &good)) {
		(void)fprintf(stderr, "latchkey-mock-idp: %s: no answer\n", path);
		good = false;
	}
	(void)fclose(in);
	return good ? 0 : 1;
}
