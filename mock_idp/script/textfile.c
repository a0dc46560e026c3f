/* Files that a script is, or that it names. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "common/fdio.h"
#include "mock_idp/script/textfile.h"

static int
open_in(const char *dir, const char *path)
{
	char whole[PATH_MAX];
	bool as_is = *path == '/' || *dir == '\0';
	int n = snprintf(whole, sizeof(whole), "%s%s%s", as_is ? "" : dir, as_is ? "" : "/", path);

	if (n < 0 || (size_t)n >= sizeof(whole)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	/* a FIFO must not hold us up */
	return open(whole, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

enum errcode
textfile_read(
    struct buf **out, const char *dir, const char *path, const struct where *at, struct err *e)
{
	struct buf *b = buf_new(TEXTFILE_MAX);
	int fd = open_in(dir, path);
	enum errcode r = E_OK;
	struct stat st;

	if (b == NULL)
		r = err_set(e, E_NOMEM, NULL, "out of memory");
	else if (fd < 0 || fstat(fd, &st) != 0)
		/* the document's own place is its path */
		r = at->up == NULL ? where_err(at, e, "%s", strerror(errno))
		                   : where_err(at, e, "%.128s: %s", path, strerror(errno));
	else if (!S_ISREG(st.st_mode))
		r = where_err(at, e, "is not a file");
	else if ((r = fdio_read_all(fd, b)) == E_LIMIT)
		r = where_err(at, e, "has more than %zu bytes", TEXTFILE_MAX);
	else if (r != E_OK)
		r = where_err(at, e, "cannot be read");
	fdio_close(&fd);
	if (r == E_OK)
		*out = b;
	else
		buf_free(b);
	return r;
}
