/* Small state files of root: bounded read, write by rename. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/fdio.h"
#include "helper/sys/store.h"

#define PATH_LEN 512
#define NAP_MS 5

/* mkdir(2) for the path and its parent: /run/latchkey before /run/latchkey/tickets. */
static void
make(const char *path, mode_t mode)
{
	char parent[PATH_LEN], *slash;

	(void)snprintf(parent, sizeof(parent), "%s", path);
	if ((slash = strrchr(parent, '/')) != NULL && slash != parent) {
		*slash = '\0';
		/* past the umask; a folder that was there keeps the mode that its owner gave it */
		if (mkdir(parent, 0755) == 0)
			(void)chmod(parent, 0755);
	}
	(void)mkdir(path, mode);
}

enum errcode
store_dir(int *fd, const char *path, mode_t mode, struct err *e)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	struct stat st;
	int d;

	if ((d = open(path, flags)) < 0 && errno == ENOENT) {
		make(path, mode);
		d = open(path, flags);
	}
	if (d < 0)
		return err_set(e, E_SYS, "store.dir", "%s: %s", path, strerror(errno));
	if (fstat(d, &st) != 0 || st.st_uid != geteuid() || (st.st_mode & 022) != 0) {
		fdio_close(&d);
		return err_set(e, E_SYS, "store.dir",
		    "%s: belongs to another user, or others can write it", path);
	}
	*fd = d;
	return E_OK;
}

/* flock(2) has no deadline of its own. */
enum errcode
store_lock(int fd, const struct clock *c, int64_t wait_ms, struct err *e)
{
	const struct timespec nap = { 0, NAP_MS * 1000000L };
	int64_t deadline = clock_boot_ms(c) + wait_ms;

	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK || clock_left(c, deadline) == 0)
			return err_set(
			    e, E_SYS, "store.lock", "the lock cannot be had: %s", strerror(errno));
		(void)nanosleep(&nap, NULL);
	}
	return E_OK;
}

enum errcode
store_read(int dir, const char *name, size_t max, struct buf **out, struct err *e)
{
	struct buf *b = NULL;
	struct stat st;
	enum errcode r = E_OK;
	int fd;

	if ((fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) < 0)
		return err_set(e, errno == ENOENT ? E_CLOSED : E_SYS, "store.read", "%s: %s", name,
		    strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid() ||
	    (st.st_mode & 022) != 0)
		r = err_set(e, E_SYS, "store.read", "%s: not a file of ours alone", name);
	else if ((b = buf_new(max)) == NULL)
		r = err_set(e, E_NOMEM, NULL, "%s: out of memory", name);
	else if ((r = fdio_read_all(fd, b)) != E_OK)
		r = err_set(e, r, "store.read", "%s: cannot be read, or is too large", name);
	if (r == E_OK) {
		*out = b;
		b = NULL;
	}
	buf_free(b);
	fdio_close(&fd);
	return r;
}

static enum errcode
write_file(int dir, const char *name, const struct buf *b, bool sync, struct err *e)
{
	char tmp[NAME_MAX + 1];
	int fd;

	(void)snprintf(tmp, sizeof(tmp), ".%.200s.%ld", name, (long)getpid());
	/* an orphan: who had this pid before was killed in between */
	(void)unlinkat(dir, tmp, 0);
	if ((fd = openat(dir, tmp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)) < 0)
		return err_set(e, E_SYS, "store.write", "%s: %s", name, strerror(errno));
	if (fdio_write_all(fd, buf_data(b), buf_len(b)) != E_OK || (sync && fdatasync(fd) != 0) ||
	    renameat(dir, tmp, dir, name) != 0 || (sync && fsync(dir) != 0)) {
		enum errcode r = err_set(e, E_SYS, "store.write", "%s: %s", name, strerror(errno));

		(void)unlinkat(dir, tmp, 0);
		fdio_close(&fd);
		return r;
	}
	fdio_close(&fd);
	return E_OK;
}

enum errcode
store_write(int dir, const char *name, const struct buf *b, struct err *e)
{
	return write_file(dir, name, b, true, e);
}

enum errcode
store_write_fast(int dir, const char *name, const struct buf *b, struct err *e)
{
	return write_file(dir, name, b, false, e);
}
