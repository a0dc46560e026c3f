/* From where each account signed in lately: a list in one file, the oldest first. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/fdio.h"
#include "helper/sys/known.h"
#include "helper/sys/store.h"

#define FILE_NAME "known"
#define FORMAT 1
#define KEY_MAX 384
#define FILE_MAX ((size_t)KNOWN_MAX * (KEY_MAX + 12) + 16)
#define DAY 86400

struct pair {
	char *key; /* "account origin" */
	int64_t when;
};

struct list {
	struct pair v[KNOWN_MAX];
	size_t n;
};

static void
list_free(struct list *l)
{
	for (size_t i = 0; l != NULL && i < l->n; i++)
		free(l->v[i].key);
	free(l);
}

/* What is still good; the file's other side is encode. A file of another format is an empty list.
 * False: no memory. */
static bool
decode(struct list *l, const struct buf *b, int64_t now, uint64_t seconds)
{
	char key[KEY_MAX + 1];
	struct rd r;

	rd_init(&r, buf_data(b), buf_len(b));
	if (rd_u8(&r) != FORMAT)
		return true;
	while (r.left > 0 && l->n < KNOWN_MAX) {
		bool named = rd_str_into(&r, key, sizeof(key));
		int64_t when = (int64_t)rd_u64(&r);

		if (!named || r.bad)
			return true;
		if (when > now || (uint64_t)(now - when) >= seconds)
			continue;
		if ((l->v[l->n].key = strdup(key)) == NULL)
			return false;
		l->v[l->n++].when = when;
	}
	return true;
}

static enum errcode
encode(struct buf *b, const struct list *l)
{
	enum errcode r = buf_put_u8(b, FORMAT);

	for (size_t i = 0; i < l->n && r == E_OK; i++)
		if ((r = buf_put_str(b, l->v[i].key)) == E_OK)
			r = buf_put_u64(b, (uint64_t)l->v[i].when);
	return r;
}

/* NULL without memory: an empty list would be written back, and everybody forgotten. */
static struct list *
load(int dir, int64_t now, uint64_t seconds)
{
	struct list *l = calloc(1, sizeof(*l));
	struct buf *b = NULL;
	enum errcode r = E_NOMEM;

	if (l != NULL)
		r = store_read(dir, FILE_NAME, FILE_MAX, &b, NULL);
	if (r == E_NOMEM || (r == E_OK && !decode(l, b, now, seconds))) {
		list_free(l);
		l = NULL;
	}
	buf_free(b);
	return l;
}

static bool
make_key(char key[KEY_MAX], const char *account, const char *origin)
{
	return snprintf(key, KEY_MAX, "%s %s", account, origin) < KEY_MAX;
}

static struct pair *
find(struct list *l, const char *key)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].key, key) == 0)
			return &l->v[i];
	return NULL;
}

bool
known_is(const char *dir, const char *account, const char *origin, int64_t now, uint64_t seconds)
{
	struct list *l = NULL;
	char key[KEY_MAX];
	bool found;
	int fd = -1;

	if (seconds == 0 || !make_key(key, account, origin) ||
	    store_dir(&fd, dir, 0700, NULL) != E_OK)
		return false;
	found = (l = load(fd, now, seconds)) != NULL && find(l, key) != NULL;
	list_free(l);
	fdio_close(&fd);
	return found;
}

/* False: it stands there from today. */
static bool
put(struct list *l, const char *key, int64_t now)
{
	struct pair *p = find(l, key);
	char *copy;

	if (p != NULL && now - p->when < DAY)
		return false;
	if ((copy = p != NULL ? p->key : strdup(key)) == NULL)
		return false;
	if (p == NULL && l->n == KNOWN_MAX)
		free((p = &l->v[0])->key);
	if (p != NULL) {
		memmove(p, p + 1, (size_t)(l->v + l->n - p - 1) * sizeof(*p));
		l->n--;
	}
	l->v[l->n++] = (struct pair){ copy, now };
	return true;
}

void
known_add(const char *dir, const char *account, const char *origin, int64_t now, uint64_t seconds)
{
	struct buf *b = buf_new(FILE_MAX);
	struct list *l = NULL;
	char key[KEY_MAX];
	int fd = -1;

	if (b != NULL && seconds > 0 && make_key(key, account, origin) &&
	    store_dir(&fd, dir, 0700, NULL) == E_OK && (l = load(fd, now, seconds)) != NULL &&
	    put(l, key, now) && encode(b, l) == E_OK)
		(void)!store_write(fd, FILE_NAME, b, NULL);
	list_free(l);
	fdio_close(&fd);
	buf_free(b);
}
