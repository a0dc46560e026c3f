/* The records of to whom accounts belong. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/fdio.h"
#include "helper/policy/names.h"
#include "helper/sys/pins.h"
#include "helper/sys/store.h"

#define WAIT_MS 2000 /* for another login's few milliseconds */

static enum errcode
fail(enum errcode r, const char *reason, const char *dir, const struct err *why, struct err *e)
{
	return err_set(e, r == E_NOMEM ? r : E_SYS, reason, "%s: %s", dir, why->text);
}

/* E_CLOSED where there is no folder. */
static enum errcode
open_dir(int *fd, const char *dir, struct err *e)
{
	if (access(dir, F_OK) != 0 && errno == ENOENT)
		return E_CLOSED;
	return store_dir(fd, dir, 0700, e);
}

/* Its parent as well, and closed to others too. */
static enum errcode
make_dir(int *fd, const char *dir, struct err *e)
{
	const char *slash = strrchr(dir, '/');
	char *parent = slash == NULL ? NULL : strndup(dir, (size_t)(slash - dir));
	enum errcode r = E_NOMEM;
	int up = -1;

	if (parent == NULL)
		return err_set(e, r, NULL, "out of memory");
	if ((r = store_dir(&up, parent, 0700, e)) == E_OK)
		r = store_dir(fd, dir, 0700, e);
	fdio_close(&up);
	free(parent);
	return r;
}

static enum errcode
read_pin(struct pin *out, int dir, const char *account, struct err *e)
{
	struct buf *b = NULL;
	enum errcode r = store_read(dir, account, PIN_FILE_MAX, &b, e);

	if (r == E_OK)
		r = pin_decode(out, buf_data(b), buf_len(b), e);
	buf_free(b);
	return r;
}

enum errcode
pins_load(struct pin *out, const char *dir, const char *account, struct err *e)
{
	struct pin fresh = { .bound = false };
	struct err why = { .code = E_OK };
	enum errcode r = E_CLOSED;
	int fd = -1;

	if (names_is_account(account) && (r = open_dir(&fd, dir, &why)) == E_OK)
		r = read_pin(&fresh, fd, account, &why);
	fdio_close(&fd);
	if (r != E_OK && r != E_CLOSED)
		return fail(r, strcmp(why.reason, "pin.format") == 0 ? "pin.format" : "pin.read",
		    dir, &why, e);
	*out = fresh;
	return E_OK;
}

static int
by_bytes(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* Takes fd over. What is no account's name is not ours: files half written, by whom a crash hit. */
static enum errcode
take_names(struct strlist *out, int fd, struct err *e)
{
	DIR *d = fdopendir(fd);
	enum errcode r = E_OK;
	struct dirent *de;

	if (d == NULL) {
		fdio_close(&fd);
		return err_set(e, E_SYS, NULL, "%s", strerror(errno));
	}
	while (r == E_OK && (errno = 0, de = readdir(d)) != NULL)
		if (names_is_account(de->d_name))
			r = strlist_add(out, de->d_name, strlen(de->d_name), PINS_MAX);
	if (r == E_OK && errno != 0)
		r = err_set(e, E_SYS, NULL, "%s", strerror(errno));
	else if (r != E_OK)
		r = err_set(e, r, NULL, "too many records");
	(void)closedir(d);
	return r;
}

enum errcode
pins_owner(char owner[NAMES_ACCOUNT_MAX + 1], const char *dir, const char *account,
    const char *issuer, const char *sub, struct err *e)
{
	struct strlist names = { NULL, 0 };
	enum errcode r = pins_list(&names, dir, e);
	struct pin p;

	owner[0] = '\0';
	for (size_t i = 0; i < names.n && owner[0] == '\0'; i++)
		if (strcmp(names.v[i], account) != 0 &&
		    pins_load(&p, dir, names.v[i], NULL) == E_OK &&
		    pin_judge(&p, issuer, sub) == PIN_SAME)
			(void)snprintf(owner, NAMES_ACCOUNT_MAX + 1, "%s", names.v[i]);
	strlist_clear(&names);
	return r;
}

/* Under the lock: one reads, compares and writes at a time. */
static enum errcode
exchange(int dir, const char *account, const struct pin *seen, const struct pin *fresh,
    bool *changed, struct err *e)
{
	struct pin now = { .bound = false };
	struct buf *b = NULL;
	enum errcode r = read_pin(&now, dir, account, e);

	if (r != E_OK && r != E_CLOSED)
		return r;
	e->code = E_OK;
	*changed = !pin_is_same(&now, seen);
	if (*changed)
		return E_OK;
	if ((b = buf_new(PIN_FILE_MAX)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if ((r = pin_encode(b, fresh)) == E_OK)
		r = store_write(dir, account, b, e);
	buf_free(b);
	return r;
}

/* only: the person is to have no other account. */
static enum errcode
put(const char *dir, const char *account, const struct pin *seen, const struct pin *fresh,
    bool only, bool *changed, const struct clock *c, struct err *e)
{
	char owner[NAMES_ACCOUNT_MAX + 1] = "";
	struct err why = { .code = E_OK };
	enum errcode r = E_SYS;
	int fd = -1;

	*changed = false;
	if (!names_is_account(account))
		(void)err_set(&why, r, NULL, "not the name of an account");
	else if ((r = make_dir(&fd, dir, &why)) == E_OK &&
	    (r = store_lock(fd, c, WAIT_MS, &why)) == E_OK && only)
		r = pins_owner(owner, dir, account, fresh->issuer, fresh->sub, &why);
	*changed = owner[0] != '\0';
	if (r == E_OK && !*changed)
		r = exchange(fd, account, seen, fresh, changed, &why);
	fdio_close(&fd);
	return r == E_OK ? E_OK : fail(r, "pin.write", dir, &why, e);
}

enum errcode
pins_replace(const char *dir, const char *account, const struct pin *seen, const struct pin *fresh,
    bool *changed, const struct clock *c, struct err *e)
{
	return put(dir, account, seen, fresh, false, changed, c, e);
}

enum errcode
pins_bind(const char *dir, const char *account, const struct pin *seen, const struct pin *fresh,
    bool *changed, const struct clock *c, struct err *e)
{
	return put(dir, account, seen, fresh, true, changed, c, e);
}

enum errcode
pins_forget(const char *dir, const char *account, bool *was, const struct clock *c, struct err *e)
{
	struct err why = { .code = E_OK };
	enum errcode r = E_CLOSED;
	int fd = -1;

	*was = false;
	if (names_is_account(account) && (r = open_dir(&fd, dir, &why)) == E_OK &&
	    (r = store_lock(fd, c, WAIT_MS, &why)) == E_OK) {
		*was = unlinkat(fd, account, 0) == 0;
		if ((!*was && errno != ENOENT) || (*was && fsync(fd) != 0))
			r = err_set(&why, E_SYS, NULL, "%s: %s", account, strerror(errno));
	}
	fdio_close(&fd);
	return r == E_OK || r == E_CLOSED ? E_OK : fail(r, "pin.write", dir, &why, e);
}

enum errcode
pins_list(struct strlist *out, const char *dir, struct err *e)
{
	struct err why = { .code = E_OK };
	int fd = -1;
	enum errcode r = open_dir(&fd, dir, &why);

	if (r == E_OK)
		r = take_names(out, fd, &why);
	if (r == E_OK && out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), by_bytes);
	if (r == E_OK || r == E_CLOSED)
		return E_OK;
	strlist_clear(out);
	return fail(r, "pin.read", dir, &why, e);
}
