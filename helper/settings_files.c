/* The configuration's files, in the order in which a later one overrides an earlier one. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/fdio.h"
#include "common/strlist.h"
#include "helper/settings_files.h"

static enum errcode
no_memory(struct err *e, const char *path)
{
	return err_set(e, E_NOMEM, NULL, "%s: out of memory", path);
}

static enum errcode
add_file(struct settings_files *f, const char *path, uid_t owner, struct err *e)
{
	struct conf **v = reallocarray(f->v, f->n + 1, sizeof(*v));
	enum errcode r;

	if (v == NULL)
		return no_memory(e, path);
	f->v = v;
	if ((r = conf_read(&f->v[f->n], path, owner, f->faults, e)) == E_OK)
		f->n++;
	return r;
}

/* Whoever can write the folder could move a file of root's into it, or one out of it. */
static enum errcode
open_dir(int *out, const char *path, uid_t owner, struct err *e)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum errcode r = E_CFG;
	struct stat st;

	if (fd < 0) {
		if (errno == ENOENT)
			return E_CLOSED;
		if (errno != EACCES && errno != ENOTDIR && errno != ELOOP && errno != ENAMETOOLONG)
			r = E_SYS;
		return err_set(e, r, "cfg.file.read", "%s: %s", path, strerror(errno));
	}
	if (fstat(fd, &st) != 0)
		r = err_set(e, E_SYS, "cfg.file.read", "%s: %s", path, strerror(errno));
	else if (st.st_uid != 0 && st.st_uid != owner)
		(void)err_set(e, r, "cfg.file.owner",
		    "%s: belongs to uid %lu, must belong to root (chown root %s)", path,
		    (unsigned long)st.st_uid, path);
	else if ((st.st_mode & 022) != 0)
		(void)err_set(e, r, "cfg.file.mode",
		    "%s: mode is %04o, others may change it (chmod go-w %s)", path,
		    (unsigned)(st.st_mode & 07777), path);
	else
		r = E_OK;
	if (r != E_OK)
		fdio_close(&fd);
	*out = fd;
	return r;
}

static bool
is_conf(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && len > 5 && strcmp(name + len - 5, ".conf") == 0;
}

static int
by_bytes(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* The names of a folder that count, sorted; takes fd over. */
static enum errcode
list_dir(struct strlist *name, int fd, const char *path, struct err *e)
{
	DIR *d = fdopendir(fd);
	enum errcode r = E_OK;
	struct dirent *de;

	if (d == NULL) {
		r = err_set(e, E_SYS, "cfg.file.read", "%s: %s", path, strerror(errno));
		fdio_close(&fd);
		return r;
	}
	while (r == E_OK && (errno = 0, de = readdir(d)) != NULL)
		if (is_conf(de->d_name))
			r = strlist_add(name, de->d_name, strlen(de->d_name), SETTINGS_FILES_MAX);
	if (r == E_LIMIT)
		r = err_set(
		    e, E_CFG, "cfg.size", "%s: more than %d files", path, SETTINGS_FILES_MAX);
	else if (r != E_OK)
		r = no_memory(e, path);
	else if (errno != 0)
		r = err_set(e, E_SYS, "cfg.file.read", "%s: %s", path, strerror(errno));
	(void)closedir(d);
	if (name->n > 1)
		qsort(name->v, name->n, sizeof(*name->v), by_bytes);
	return r;
}

/* Gone since it was listed, or a dangling link: not ours to guess which. */
static enum errcode
add_listed(struct settings_files *f, const char *path, uid_t owner, struct err *e)
{
	struct err why = { .code = E_OK };

	if (add_file(f, path, owner, &why) == E_CLOSED)
		why.code = E_CFG;
	return faults_pass(f->faults, &why, e);
}

static enum errcode
add_dir(struct settings_files *f, const char *conf, uid_t owner, struct err *e)
{
	struct strlist name = { NULL, 0 };
	char *dir = NULL, *path = NULL;
	enum errcode r;
	int fd = -1;

	if (asprintf(&dir, "%s.d", conf) < 0)
		return no_memory(e, conf);
	if ((r = open_dir(&fd, dir, owner, e)) != E_OK) {
		r = r == E_CLOSED ? E_OK : r;
		goto out;
	}
	r = list_dir(&name, fd, dir, e);
	for (size_t i = 0; i < name.n && r == E_OK; i++) {
		if (asprintf(&path, "%s/%s", dir, name.v[i]) < 0) {
			path = NULL;
			r = no_memory(e, dir);
			break;
		}
		r = add_listed(f, path, owner, e);
		free(path);
		path = NULL;
	}
out:
	strlist_clear(&name);
	free(dir);
	return r;
}

/* The vendor's may be missing, the administrator's not. */
static enum errcode
add_main(struct settings_files *f, const char *path, bool vendor, uid_t owner, struct err *e)
{
	struct err why = { .code = E_OK };
	enum errcode r = add_file(f, path, owner, &why);

	if (r == E_CLOSED && vendor)
		return E_OK;
	if (r == E_CLOSED) {
		why = (struct err){ .code = E_OK };
		(void)err_set(&why, E_CFG, "cfg.file.missing",
		    "%s: there is no such file; write it (latchkey.conf(5) has an example)", path);
	}
	return faults_pass(f->faults, &why, e);
}

enum errcode
settings_files_read(struct settings_files *f, const char *vendor, const char *conf, uid_t owner,
    struct faults *faults, struct err *e)
{
	struct err why = { .code = E_OK };
	enum errcode r;

	*f = (struct settings_files){ .faults = faults };
	if (vendor != NULL && (r = add_main(f, vendor, true, owner, e)) != E_OK)
		return r;
	f->vendor = f->n > 0;
	if ((r = add_main(f, conf, false, owner, e)) != E_OK)
		return r;
	(void)!add_dir(f, conf, owner, &why);
	return faults_pass(f->faults, &why, e);
}

void
settings_files_clear(struct settings_files *f)
{
	for (size_t i = 0; i < f->n; i++)
		conf_free(f->v[i]);
	free(f->v);
	*f = (struct settings_files){ .v = NULL };
}
