/* Bytes with a limit from birth; and a reader that knows what is left. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/secmem.h"

struct buf {
	uint8_t *data;
	size_t len;
	size_t alloc;
	size_t limit;
};

struct buf *
buf_new(size_t limit)
{
	struct buf *b;

	if ((b = calloc(1, sizeof(*b))) == NULL)
		return NULL;
	b->limit = limit;
	return b;
}

void
buf_free(struct buf *b)
{
	if (b == NULL)
		return;
	secmem_free(b->data, b->alloc);
	free(b);
}

void
buf_reset(struct buf *b)
{
	if (b->len > 0)
		explicit_bzero(b->data, b->len);
	b->len = 0;
}

/* Room for extra bytes more; the old copy is wiped, which realloc(3) would not do. */
static enum errcode
grow(struct buf *b, size_t extra)
{
	size_t want = b->len + extra, alloc = b->alloc < 64 ? 64 : b->alloc;
	uint8_t *p;

	if (want <= b->alloc)
		return E_OK;
	while (alloc < want)
		alloc = alloc > SIZE_MAX / 2 ? want : alloc * 2;
	if ((p = malloc(alloc)) == NULL)
		return E_NOMEM;
	if (b->len > 0)
		memcpy(p, b->data, b->len);
	secmem_free(b->data, b->alloc);
	b->data = p;
	b->alloc = alloc;
	return E_OK;
}

enum errcode
buf_put(struct buf *b, const void *p, size_t len)
{
	enum errcode r;

	if (len == 0)
		return E_OK;
	if (len > b->limit - b->len)
		return E_LIMIT;
	if ((r = grow(b, len)) != E_OK)
		return r;
	memcpy(b->data + b->len, p, len);
	b->len += len;
	return E_OK;
}

enum errcode
buf_put_u8(struct buf *b, uint8_t v)
{
	return buf_put(b, &v, 1);
}

enum errcode
buf_put_u32(struct buf *b, uint32_t v)
{
	uint8_t p[4];

	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (24 - 8 * i));
	return buf_put(b, p, sizeof(p));
}

enum errcode
buf_put_u64(struct buf *b, uint64_t v)
{
	uint8_t p[8];

	for (int i = 0; i < 8; i++)
		p[i] = (uint8_t)(v >> (56 - 8 * i));
	return buf_put(b, p, sizeof(p));
}

enum errcode
buf_put_str(struct buf *b, const char *s)
{
	size_t len = s == NULL ? 0 : strlen(s);
	enum errcode r;

	if (len > UINT32_MAX || b->limit - b->len < 4 || len > b->limit - b->len - 4)
		return E_LIMIT;
	if ((r = grow(b, len + 4)) != E_OK || (r = buf_put_u32(b, (uint32_t)len)) != E_OK)
		return r;
	return buf_put(b, s, len);
}

enum errcode
buf_puts(struct buf *b, const char *s)
{
	return buf_put(b, s, strlen(s));
}

enum errcode
buf_printf(struct buf *b, const char *fmt, ...)
{
	enum errcode r;
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0)
		return E_NOMEM;
	r = buf_put(b, s, (size_t)n);
	secmem_free(s, (size_t)n);
	return r;
}

size_t
buf_len(const struct buf *b)
{
	return b->len;
}

const uint8_t *
buf_data(const struct buf *b)
{
	return b->data;
}

const char *
buf_cstr(struct buf *b)
{
	if (grow(b, 1) != E_OK)
		return NULL;
	b->data[b->len] = '\0';
	return (const char *)b->data;
}

void
rd_init(struct rd *r, const void *p, size_t len)
{
	r->p = p;
	r->left = len;
	r->bad = false;
}

/* The next len bytes, or NULL for good. */
static const uint8_t *
take(struct rd *r, size_t len)
{
	const uint8_t *p = r->p;

	if (r->bad || len > r->left) {
		r->bad = true;
		return NULL;
	}
	r->p += len;
	r->left -= len;
	return p;
}

static uint64_t
take_int(struct rd *r, size_t len)
{
	const uint8_t *p = take(r, len);
	uint64_t v = 0;

	for (size_t i = 0; p != NULL && i < len; i++)
		v = v << 8 | p[i];
	return v;
}

uint8_t
rd_u8(struct rd *r)
{
	return (uint8_t)take_int(r, 1);
}

uint32_t
rd_u32(struct rd *r)
{
	return (uint32_t)take_int(r, 4);
}

uint64_t
rd_u64(struct rd *r)
{
	return take_int(r, 8);
}

/* The bytes of a string of at most max, without a NUL; NULL for good. */
static const uint8_t *
take_str(struct rd *r, size_t max, size_t *len)
{
	const uint8_t *p;

	*len = rd_u32(r);
	if (*len > max)
		r->bad = true;
	p = take(r, *len);
	if (p != NULL && *len > 0 && memchr(p, '\0', *len) != NULL) {
		r->bad = true;
		return NULL;
	}
	return p;
}

char *
rd_str(struct rd *r, size_t max)
{
	size_t len;
	const uint8_t *p = take_str(r, max, &len);
	char *s;

	if (p == NULL)
		return NULL;
	if ((s = malloc(len + 1)) == NULL) {
		r->bad = true;
		return NULL;
	}
	memcpy(s, p, len);
	s[len] = '\0';
	return s;
}

bool
rd_str_into(struct rd *r, char *dst, size_t size)
{
	size_t len;
	const uint8_t *p = take_str(r, size - 1, &len);

	if (p == NULL)
		return false;
	memcpy(dst, p, len);
	dst[len] = '\0';
	return true;
}

bool
rd_done(const struct rd *r)
{
	return !r->bad && r->left == 0;
}
