/* Changes to a JSON text as a whole. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "common/text.h"
#include "mock_idp/jose/jsonscan.h"
#include "mock_idp/jose/jsonwhole.h"

static const char *
arg(const struct jsonchange *c, size_t i)
{
	return mutate_text(c->m, c->first + i);
}

static enum errcode
fill(struct buf *b, char c, size_t n)
{
	char block[4096];
	enum errcode r = E_OK;

	memset(block, c, sizeof(block));
	for (; n > 0 && r == E_OK; n -= n < sizeof(block) ? n : sizeof(block))
		r = buf_put(b, block, n < sizeof(block) ? n : sizeof(block));
	return r;
}

enum errcode
jsonwhole_pad(const struct jsonchange *c)
{
	size_t n = mutate_number(c->m, c->first);
	enum errcode r = buf_put(c->out, c->text, c->len);

	return r == E_OK && n > c->len ? fill(c->out, ' ', n - c->len) : r;
}

/* What stands around a mark when people are to read it. */
static enum errcode
put_mark(struct buf *out, char c)
{
	switch (c) {
	case '{':
	case '[':
	case ',':
		return buf_printf(out, "%c\n  ", c);
	case ':':
		return buf_puts(out, ": ");
	case '}':
	case ']':
		return buf_printf(out, "\n%c", c);
	default:
		return buf_put_u8(out, (uint8_t)c);
	}
}

enum errcode
jsonwhole_ws(const struct jsonchange *c)
{
	enum errcode r = E_OK;

	for (size_t at = 0; at < c->len && r == E_OK;) {
		size_t end = c->text[at] == '"' ? jsonscan_string(c->text, c->len, at) : at + 1;

		r = c->text[at] == '"' ? buf_put(c->out, c->text + at, end - at)
		                       : put_mark(c->out, c->text[at]);
		at = end;
	}
	return r;
}

/* The text between two others. */
static enum errcode
between(const struct jsonchange *c, const void *before, size_t n, const char *behind)
{
	enum errcode r = buf_put(c->out, before, n);

	if (r == E_OK)
		r = buf_put(c->out, c->text, c->len);
	return r == E_OK ? buf_puts(c->out, behind) : r;
}

enum errcode
jsonwhole_wrap_array(const struct jsonchange *c)
{
	return between(c, "[", 1, "]");
}

enum errcode
jsonwhole_lead(const struct jsonchange *c)
{
	return between(c, arg(c, 0), strlen(arg(c, 0)), "");
}

enum errcode
jsonwhole_trail(const struct jsonchange *c)
{
	return between(c, "", 0, arg(c, 0));
}

enum errcode
jsonwhole_bom(const struct jsonchange *c)
{
	return between(c, "\xef\xbb\xbf", 3, "");
}

enum errcode
jsonwhole_nul(const struct jsonchange *c)
{
	enum errcode r = buf_put(c->out, c->text, c->len);

	if (r == E_OK)
		r = buf_put_u8(c->out, 0);
	return r == E_OK ? buf_puts(c->out, arg(c, 0) == NULL ? "junk" : arg(c, 0)) : r;
}

/* Little-endian. */
static enum errcode
put_unit(struct buf *out, uint32_t unit)
{
	const uint8_t two[2] = { (uint8_t)unit, (uint8_t)(unit >> 8) };

	return buf_put(out, two, sizeof(two));
}

static enum errcode
put_utf16(struct buf *out, uint32_t point)
{
	enum errcode r;

	if (point < 0x10000)
		return put_unit(out, point);
	r = put_unit(out, 0xd800 + ((point - 0x10000) >> 10));
	return r == E_OK ? put_unit(out, 0xdc00 + ((point - 0x10000) & 0x3ff)) : r;
}

enum errcode
jsonwhole_utf16(const struct jsonchange *c)
{
	enum errcode r = put_unit(c->out, 0xfeff);

	if (!text_is_utf8(c->text, c->len))
		return E_FORMAT;
	for (size_t at = 0; at < c->len && r == E_OK;) {
		uint8_t b = (uint8_t)c->text[at++];
		int more = b < 0x80 ? 0 : b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
		uint32_t point = more == 0 ? b : b & (0x3fU >> more);

		while (more-- > 0)
			point = point << 6 | ((uint8_t)c->text[at++] & 0x3f);
		r = put_utf16(c->out, point);
	}
	return r;
}
