/* Files that decide who becomes root. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "common/fdio.h"
#include "common/safefile.h"

/* Judges what was opened, so that nothing can change between the look and the use. */
static enum errcode
judge(int fd, const char *path, enum safefile_kind kind, uid_t owner, struct err *e)
{
	mode_t others = kind == SAFEFILE_SECRET ? 077 : 022;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_set(e, E_SYS, "cfg.file.read", "%s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(e, E_CFG, "cfg.file.type", "%s: not a regular file", path);
	if (st.st_uid != 0 && st.st_uid != owner)
		return err_set(e, E_CFG, "cfg.file.owner",
		    "%s: belongs to uid %lu, must belong to root (chown root %s)", path,
		    (unsigned long)st.st_uid, path);
	if ((st.st_mode & others) != 0)
		return err_set(e, E_CFG, "cfg.file.mode",
		    "%s: mode is %04o, others may %s it (chmod %s %s)", path,
		    (unsigned)(st.st_mode & 07777),
		    kind == SAFEFILE_SECRET ? "read or change" : "change",
		    kind == SAFEFILE_SECRET ? "0600" : "go-w", path);
	return E_OK;
}

/* What the host's limits did is not the file's fault, so not the operator's either. */
static enum errcode
cannot_open(const char *path, int why, struct err *e)
{
	bool limits = why == EMFILE || why == ENFILE || why == ENOMEM || why == EINTR;

	return err_set(e,
	    why == ENOENT ? E_CLOSED
	        : limits  ? E_SYS
	                  : E_CFG,
	    why == ENOENT ? "cfg.file.missing" : "cfg.file.read", "%s: %s", path, strerror(why));
}

enum errcode
safefile_read(const char *path, enum safefile_kind kind, uid_t owner, size_t max, struct buf **out,
    struct err *e)
{
	struct buf *b = NULL;
	enum errcode r;
	int fd;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) < 0)
		return cannot_open(path, errno, e);
	if ((r = judge(fd, path, kind, owner, e)) != E_OK)
		goto out;
	if ((b = buf_new(max)) == NULL) {
		r = err_set(e, E_NOMEM, NULL, "%s: out of memory", path);
		goto out;
	}
	if ((r = fdio_read_all(fd, b)) != E_OK) {
		r = r == E_LIMIT
		    ? err_set(e, E_CFG, "cfg.file.size", "%s: larger than this file may be", path)
		    : err_set(e, r, "cfg.file.read", "%s: %s", path, strerror(errno));
		goto out;
	}
	*out = b;
	b = NULL;
out:
	buf_free(b);
	fdio_close(&fd);
	return r;
}
