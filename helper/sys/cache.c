/* What one login leaves to the next. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/fdio.h"
#include "common/url.h"
#include "helper/sys/cache.h"
#include "helper/sys/store.h"

#define FORMAT 1
#define FILE_MAX (IPC_DOCUMENT_MAX + URL_MAX + 64)

static const char *
file_of(enum ipc_kind kind)
{
	switch (kind) {
	case IPC_METADATA:
		return "metadata";
	case IPC_KEYS:
		return "keys";
	case IPC_REFETCH:
		break;
	}
	return "refetch";
}

/* The file's other side is encode. */
static bool
decode(struct ipc_document *d, const struct buf *b, const char *issuer, int64_t now)
{
	char *whose, *body;
	struct rd r;
	bool good;

	rd_init(&r, buf_data(b), buf_len(b));
	if (rd_u8(&r) != FORMAT)
		return false;
	whose = rd_str(&r, URL_MAX);
	d->fetched = (int64_t)rd_u64(&r);
	body = rd_str(&r, IPC_DOCUMENT_MAX);
	good = rd_done(&r) && strcmp(whose, issuer) == 0 && d->fetched <= now &&
	    d->fetched > now - CACHE_STALE_S;
	free(whose);
	if (good)
		d->body = body;
	else
		free(body);
	return good;
}

static enum errcode
encode(struct buf *b, const char *issuer, const struct ipc_document *d)
{
	enum errcode r;

	if ((r = buf_put_u8(b, FORMAT)) != E_OK || (r = buf_put_str(b, issuer)) != E_OK ||
	    (r = buf_put_u64(b, (uint64_t)d->fetched)) != E_OK)
		return r;
	return buf_put_str(b, d->body);
}

bool
cache_load(
    struct ipc_document *d, const char *dir, enum ipc_kind kind, const char *issuer, int64_t now)
{
	struct buf *b = NULL;
	int fd = -1;
	bool good;

	*d = (struct ipc_document){ .kind = kind };
	good = store_dir(&fd, dir, 0700, NULL) == E_OK &&
	    store_read(fd, file_of(kind), FILE_MAX, &b, NULL) == E_OK && decode(d, b, issuer, now);
	buf_free(b);
	fdio_close(&fd);
	return good;
}

enum errcode
cache_store(const char *dir, const char *issuer, const struct ipc_document *d, struct err *e)
{
	struct buf *b = buf_new(FILE_MAX);
	enum errcode r;
	int fd = -1;

	if (b == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if ((r = store_dir(&fd, dir, 0700, e)) != E_OK)
		goto out;
	if (d->body[0] == '\0' && d->kind != IPC_REFETCH)
		(void)unlinkat(fd, file_of(d->kind), 0);
	else if ((r = encode(b, issuer, d)) != E_OK)
		r = err_set(e, r, "store.write", "%s does not fit", file_of(d->kind));
	else
		r = store_write(fd, file_of(d->kind), b, e);
out:
	fdio_close(&fd);
	buf_free(b);
	return r;
}
