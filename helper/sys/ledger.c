/* The budgets on disk. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "common/fdio.h"
#include "helper/sys/ledger.h"
#include "helper/sys/store.h"

#define LOCK "lock"
#define FILE_NAME "budgets"
#define FILE_MAX ((size_t)BUDGET_KEYS * (BUDGET_KEY_MAX + 12) + 16)

/* Whatever it is that this host lacks, it has one name in the log. */
static enum errcode
lost(enum errcode r, const char *dir, const struct err *why, struct err *e)
{
	return err_set(e, r == E_NOMEM ? r : E_SYS, "limit.ledger",
	    "%s: the logins cannot be counted:%s", dir, why->text + strcspn(why->text, " "));
}

/* What counts for nothing is an empty ledger; but a lack of memory must not forget who came. */
static enum errcode
read_in(struct budget *b, int dir, const struct clock *c, struct err *e)
{
	struct buf *text = NULL;
	enum errcode r = store_read(dir, FILE_NAME, FILE_MAX, &text, NULL);

	if (r == E_OK)
		r = budget_decode(
		    b, buf_data(text), buf_len(text), clock_boot_ms(c), LEDGER_HORIZON_MS);
	buf_free(text);
	return r == E_NOMEM ? err_set(e, r, NULL, "no memory for the limits") : E_OK;
}

enum errcode
ledger_open(int *lock, struct budget *b, const char *dir, const struct clock *c, struct err *e)
{
	struct err why = { .code = E_OK };
	enum errcode r;
	int d = -1, fd;

	*b = (struct budget){ .n = 0 };
	if ((r = store_dir(&d, dir, 0700, &why)) != E_OK)
		return lost(r, dir, &why, e);
	if ((fd = openat(d, LOCK, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600)) < 0)
		r = err_set(e, E_SYS, "limit.ledger", "%s: %s", dir, strerror(errno));
	else if ((r = store_lock(fd, c, LEDGER_WAIT_MS, &why)) != E_OK)
		r = lost(r, dir, &why, e);
	else
		r = read_in(b, d, c, e);
	fdio_close(&d);
	if (r == E_OK)
		*lock = fd;
	else
		fdio_close(&fd);
	return r;
}

static enum errcode
write_back(const struct budget *b, const char *dir, const struct clock *c, struct err *e)
{
	struct err why = { .code = E_OK };
	struct buf *text = buf_new(FILE_MAX);
	enum errcode r;
	int d = -1;

	if (text == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if ((r = budget_encode(text, b, clock_boot_ms(c))) == E_OK &&
	    (r = store_dir(&d, dir, 0700, &why)) == E_OK)
		r = store_write_fast(d, FILE_NAME, text, &why);
	fdio_close(&d);
	buf_free(text);
	return r == E_OK ? E_OK : lost(r, dir, &why, e);
}

enum errcode
ledger_close(
    int *lock, struct budget *b, const char *dir, bool write, const struct clock *c, struct err *e)
{
	enum errcode r = write ? write_back(b, dir, c, e) : E_OK;

	budget_clear(b);
	fdio_close(lock);
	return r;
}
