/* Mutators of a segment's spelling. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/mutate_b64.h"

#define LIMIT ((size_t)64 * 1024 * 1024)
#define SEG "header|payload|signature"

struct segment {
	const struct mutate *m;
	const char *text;
	size_t len;
	struct buf *out;
};

/* The segment with more in its middle. */
static enum errcode
in_the_middle(const struct segment *s, const char *more)
{
	size_t half = s->len / 2;
	enum errcode r = buf_put(s->out, s->text, half);

	if (r == E_OK)
		r = buf_puts(s->out, more);
	return r == E_OK ? buf_put(s->out, s->text + half, s->len - half) : r;
}

static enum errcode
ws(const struct segment *s)
{
	return in_the_middle(s, " ");
}

static enum errcode
nl(const struct segment *s)
{
	return in_the_middle(s, "\n");
}

static enum errcode
junk(const struct segment *s)
{
	return in_the_middle(s, mutate_text(s->m, 1));
}

static enum errcode
dot(const struct segment *s)
{
	return in_the_middle(s, ".");
}

static enum errcode
pad(const struct segment *s)
{
	enum errcode r = buf_put(s->out, s->text, s->len);

	do
		r = r == E_OK ? buf_put_u8(s->out, '=') : r;
	while (r == E_OK && buf_len(s->out) % 4 != 0 && s->len % 4 != 0);
	return r;
}

static enum errcode
mod1(const struct segment *s)
{
	enum errcode r = buf_put(s->out, s->text, s->len);

	do
		r = r == E_OK ? buf_put_u8(s->out, 'A') : r;
	while (r == E_OK && buf_len(s->out) % 4 != 1);
	return r;
}

static enum errcode
plus(const struct segment *s)
{
	enum errcode r = E_FORMAT;

	for (size_t i = 0; i < s->len; i++) {
		char c = s->text[i];

		r = buf_put_u8(s->out, (uint8_t)(c == '-' ? '+' : c == '_' ? '/' : c));
		if (r != E_OK)
			return r;
	}
	return s->len > 0 && memcmp(buf_data(s->out), s->text, s->len) != 0 ? r : E_FORMAT;
}

/* The letter after the last one: its value is greater by one, in bits that no octet has. */
static enum errcode
trail(const struct segment *s)
{
	static const char alphabet[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	const char *last = s->len == 0 ? NULL : strchr(alphabet, s->text[s->len - 1]);
	enum errcode r;

	if (last == NULL || *last == '\0' || s->len % 4 < 2)
		return E_FORMAT;
	r = buf_put(s->out, s->text, s->len - 1);
	return r == E_OK ? buf_put_u8(s->out, (uint8_t)last[1]) : r;
}

static enum errcode
percent(const struct segment *s)
{
	enum errcode r = s->len == 0
	    ? E_FORMAT
	    : buf_printf(s->out, "%%%02X", (unsigned)(unsigned char)s->text[0]);

	return r == E_OK ? buf_put(s->out, s->text + 1, s->len - 1) : r;
}

static const struct row {
	const char *name, *args;
	enum errcode (*fn)(const struct segment *);
} rows[] = {
	{ "b64.pad", SEG, pad },
	{ "b64.ws", SEG, ws },
	{ "b64.nl", SEG, nl },
	{ "b64.plus", SEG, plus },
	{ "b64.trail", SEG, trail },
	{ "b64.junk", SEG " text", junk },
	{ "b64.percent", SEG, percent },
	{ "b64.mod1", SEG, mod1 },
	{ "dot.in", SEG, dot },
};

static const struct row *
find(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

const char *
mutate_b64_args(const char *name)
{
	const struct row *r = find(name);

	return r == NULL ? NULL : r->args;
}

enum errcode
mutate_b64_apply(const struct mutate *m, struct buf *segment, struct err *e)
{
	const struct row *row = find(m->name);
	struct segment s = { m, (const char *)buf_data(segment), buf_len(segment), buf_new(LIMIT) };
	enum errcode r = E_NOMEM;

	if (s.out != NULL)
		r = row == NULL ? E_FORMAT : row->fn(&s);
	if (r == E_OK) {
		buf_reset(segment);
		r = buf_put(segment, buf_data(s.out), buf_len(s.out));
	}
	buf_free(s.out);
	return r == E_OK ? r : err_set(e, r, NULL, ": %.64s does not fit the segment", m->name);
}
