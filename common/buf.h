/* Bytes with a limit from birth, wiped when freed; and a reader that knows what is left. */
#ifndef COMMON_BUF_H
#define COMMON_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

struct buf;

/* A buffer that never grows past limit bytes; NULL when out of memory. */
struct buf *buf_new(size_t limit);
void buf_free(struct buf *b);

/* Empties (and wipes) it; the limit stays. */
void buf_reset(struct buf *b);

/* Each appends whole or not at all: E_LIMIT, E_NOMEM. Integers are big-endian. */
enum errcode buf_put(struct buf *b, const void *p, size_t len) __attribute__((warn_unused_result));
enum errcode buf_put_u8(struct buf *b, uint8_t v) __attribute__((warn_unused_result));
enum errcode buf_put_u32(struct buf *b, uint32_t v) __attribute__((warn_unused_result));
enum errcode buf_put_u64(struct buf *b, uint64_t v) __attribute__((warn_unused_result));
/* u32 length, then the bytes without a NUL; rd_str reads it. NULL is written as the empty string.
 */
enum errcode buf_put_str(struct buf *b, const char *s) __attribute__((warn_unused_result));
/* Text as it is, no length. */
enum errcode buf_puts(struct buf *b, const char *s) __attribute__((warn_unused_result));
enum errcode buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((warn_unused_result, format(printf, 2, 3)));

size_t buf_len(const struct buf *b);
/* Borrowed until the next change; may be NULL when empty. */
const uint8_t *buf_data(const struct buf *b);
/* The same bytes with a NUL behind them (not counted); NULL when out of memory. */
const char *buf_cstr(struct buf *b);

/* A reader over bytes that somebody else owns. The first failure stays: later reads fail too. */
struct rd {
	const uint8_t *p;
	size_t left;
	bool bad;
};

void rd_init(struct rd *r, const void *p, size_t len);
/* On failure these return 0, NULL or false, and r->bad is set. */
uint8_t rd_u8(struct rd *r);
uint32_t rd_u32(struct rd *r);
uint64_t rd_u64(struct rd *r);
/* A string of at most max bytes into fresh memory (free, or secmem_freestr); NUL inside is refused.
 */
char *rd_str(struct rd *r, size_t max);
/* The same into dst, which holds size bytes with the NUL. */
bool rd_str_into(struct rd *r, char *dst, size_t size);
/* Everything read, nothing left, nothing failed. */
bool rd_done(const struct rd *r);

#endif
