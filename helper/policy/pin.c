/* To whom an account belongs. */
#include "config.h"

#include <string.h>

#include "common/text.h"
#include "helper/policy/pin.h"

#define FORMAT 1
#define APPROVED 1U
#define BOUND 2U

enum pin_judgement
pin_judge(const struct pin *p, const char *issuer, const char *sub)
{
	if (!p->bound)
		return PIN_FREE;
	if (strcmp(p->issuer, issuer) != 0)
		return PIN_OTHER_ISSUER;
	return strcmp(p->sub, sub) == 0 ? PIN_SAME : PIN_OTHER_SUB;
}

bool
pin_is_same(const struct pin *a, const struct pin *b)
{
	return a->approved == b->approved && a->bound == b->bound &&
	    (!a->bound || (strcmp(a->issuer, b->issuer) == 0 && strcmp(a->sub, b->sub) == 0));
}

/* Wire: u8 format, u8 flags, u64 since, and of a bound one its issuer and sub. */
enum errcode
pin_encode(struct buf *b, const struct pin *p)
{
	unsigned flags = (p->approved ? APPROVED : 0) | (p->bound ? BOUND : 0);
	enum errcode r;

	if ((r = buf_put_u8(b, FORMAT)) != E_OK || (r = buf_put_u8(b, (uint8_t)flags)) != E_OK ||
	    (r = buf_put_u64(b, (uint64_t)p->since)) != E_OK || !p->bound)
		return r;
	return (r = buf_put_str(b, p->issuer)) == E_OK ? buf_put_str(b, p->sub) : r;
}

static bool
read_text(struct rd *r, char *out, size_t size)
{
	return rd_str_into(r, out, size) && out[0] != '\0' && text_is_ascii(out, strlen(out), true);
}

/* A record that says nothing is none: it would let anybody bind what was approved. */
static bool
read_record(struct rd *r, struct pin *p)
{
	uint8_t flags = rd_u8(r);
	uint64_t since = rd_u64(r);

	if (r->bad || flags == 0 || (flags & ~(APPROVED | BOUND)) != 0 || since > INT64_MAX)
		return false;
	p->approved = (flags & APPROVED) != 0;
	p->bound = (flags & BOUND) != 0;
	p->since = (int64_t)since;
	return !p->bound ||
	    (read_text(r, p->issuer, sizeof(p->issuer)) && read_text(r, p->sub, sizeof(p->sub)));
}

enum errcode
pin_decode(struct pin *p, const uint8_t *data, size_t len, struct err *e)
{
	struct pin fresh = { .bound = false };
	struct rd r;
	uint8_t format;

	rd_init(&r, data, len);
	format = rd_u8(&r);
	if (!r.bad && format != FORMAT)
		return err_set(e, E_SYS, "pin.format",
		    "a record of format %u, which this version does not know", format);
	if (!read_record(&r, &fresh) || !rd_done(&r))
		return err_set(e, E_SYS, "pin.format", "a damaged record");
	*p = fresh;
	return E_OK;
}
