/* Changes to a member of a JSON object's text. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/jose/jsonmember.h"
#include "mock_idp/jose/jsonscan.h"

#define LIMIT ((size_t)64 * 1024 * 1024) /* of a name or a value on the way */

static const char *
arg(const struct jsonchange *c, size_t i)
{
	return mutate_text(c->m, c->first + i);
}

/* The text with the piece in the place of what stands from `from` to `to`. */
static enum errcode
splice(const struct jsonchange *c, size_t from, size_t to)
{
	enum errcode r = buf_put(c->out, c->text, from);

	if (r == E_OK)
		r = buf_put(c->out, buf_data(c->piece), buf_len(c->piece));
	return r == E_OK ? buf_put(c->out, c->text + to, c->len - to) : r;
}

/* The piece as the first or the last member. */
enum errcode
jsonmember_add(const struct jsonchange *c, bool first)
{
	struct jsonscan s;
	size_t at;
	enum errcode r;

	if (!jsonscan_open(&s, c->text, c->len))
		return E_FORMAT;
	at = first ? s.open + 1 : s.close;
	r = buf_put(c->out, c->text, at);
	if (r == E_OK && !first && !s.empty)
		r = buf_puts(c->out, ",");
	if (r == E_OK)
		r = buf_put(c->out, buf_data(c->piece), buf_len(c->piece));
	if (r == E_OK && first && !s.empty)
		r = buf_puts(c->out, ",");
	return r == E_OK ? buf_put(c->out, c->text + at, c->len - at) : r;
}

/* Where the value of the member that the first argument names stands. */
static bool
find(const struct jsonchange *c, size_t *begin, size_t *end)
{
	struct jsonscan s;

	return jsonscan_open(&s, c->text, c->len) && jsonscan_member(&s, arg(c, 0), begin, end);
}

/* A second value for a member that is there, under that spelling of its name. */
static enum errcode
again(const struct jsonchange *c, const char *name)
{
	char *value = json_dumps(c->m->arg[c->first + 1], JSON_COMPACT | JSON_ENCODE_ANY);
	size_t begin, end;
	enum errcode r = value == NULL ? E_NOMEM : E_OK;

	if (r == E_OK && !find(c, &begin, &end))
		r = E_FORMAT;
	if (r == E_OK)
		r = buf_printf(c->piece, "\"%s\":%s", name, value);
	secmem_freestr(value);
	return r == E_OK ? jsonmember_add(c, mutate_says(c->m, c->first + 2, "first")) : r;
}

enum errcode
jsonmember_dup(const struct jsonchange *c)
{
	return again(c, arg(c, 0));
}

enum errcode
jsonmember_dup_escaped(const struct jsonchange *c)
{
	struct buf *name = buf_new(LIMIT);
	enum errcode r = E_NOMEM;

	if (arg(c, 0)[0] == '\0')
		r = E_FORMAT;
	else if (name != NULL)
		r = buf_printf(name, "\\u%04x%s", (unsigned char)arg(c, 0)[0], arg(c, 0) + 1);
	if (r == E_OK)
		r = buf_cstr(name) == NULL ? E_NOMEM : again(c, buf_cstr(name));
	buf_free(name);
	return r;
}

/* The piece as the value of the member, which may be new. */
static enum errcode
set(const struct jsonchange *c)
{
	struct buf *member = NULL;
	struct jsonchange with = *c;
	size_t begin, end;
	enum errcode r;

	if (find(c, &begin, &end))
		return splice(c, begin, end);
	if ((with.piece = member = buf_new(LIMIT)) == NULL)
		return E_NOMEM;
	r = buf_printf(member, "\"%s\":", arg(c, 0));
	if (r == E_OK)
		r = buf_put(member, buf_data(c->piece), buf_len(c->piece));
	if (r == E_OK)
		r = jsonmember_add(&with, false);
	buf_free(member);
	return r;
}

enum errcode
jsonmember_raw(const struct jsonchange *c)
{
	enum errcode r = buf_puts(c->piece, arg(c, 1));

	return r == E_OK ? set(c) : r;
}

static uint8_t
digit(char c)
{
	return (uint8_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

enum errcode
jsonmember_hex(const struct jsonchange *c)
{
	enum errcode r = buf_puts(c->piece, "\"");

	for (const char *p = arg(c, 1); *p != '\0' && r == E_OK; p += 2)
		r = buf_put_u8(c->piece, (uint8_t)(digit(p[0]) << 4 | digit(p[1])));
	if (r == E_OK)
		r = buf_puts(c->piece, "\"");
	return r == E_OK ? set(c) : r;
}

/* Bytes before the closing quote of a member's string. */
static enum errcode
end_string(const struct jsonchange *c, const char *bytes)
{
	size_t begin, end;
	enum errcode r = buf_puts(c->piece, bytes);

	if (r == E_OK && (!find(c, &begin, &end) || c->text[begin] != '"'))
		r = E_FORMAT;
	return r == E_OK ? splice(c, end - 1, end - 1) : r;
}

enum errcode
jsonmember_latin1(const struct jsonchange *c)
{
	return end_string(c, "\xe9");
}

/* RFC 3629 section 3: an overlong form of '/'. */
enum errcode
jsonmember_badutf8(const struct jsonchange *c)
{
	return end_string(c, "\xc0\xaf");
}

enum errcode
jsonmember_depth(const struct jsonchange *c)
{
	size_t n = mutate_number(c->m, c->first);
	enum errcode r = buf_puts(c->piece, "\"x\":");

	if (r == E_OK && n == 0)
		r = buf_puts(c->piece, "0");
	for (size_t i = 0; i < n && r == E_OK; i++)
		r = buf_put_u8(c->piece, '[');
	for (size_t i = 0; i < n && r == E_OK; i++)
		r = buf_put_u8(c->piece, ']');
	return r == E_OK ? jsonmember_add(c, false) : r;
}

enum errcode
jsonmember_keys(const struct jsonchange *c)
{
	size_t n = mutate_number(c->m, c->first);
	enum errcode r = E_OK;

	if (n == 0)
		return buf_put(c->out, c->text, c->len);
	for (size_t i = 0; i < n && r == E_OK; i++)
		r = buf_printf(c->piece, "%s\"k%zu\":0", i == 0 ? "" : ",", i);
	return r == E_OK ? jsonmember_add(c, false) : r;
}
