/* The request at the loopback redirect. */
#include "config.h"

#include <string.h>

#include "mock_idp/browser/shape.h"

#define PAD "pad="

static const char agent[] = "User-Agent: Mozilla/5.0 (latchkey-mock-idp browser)\r\n"
                            "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n"
                            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
                            "Sec-Fetch-Dest: document\r\nConnection: keep-alive\r\n";

static const char *
method_of(const struct shape *s)
{
	return s->method == NULL ? "GET" : s->method;
}

/* The parameters, with one more whose value has that many bytes. */
static enum errcode
put_params(const struct shape *s, const struct rawquery *q, size_t padding, struct buf *b)
{
	enum errcode r = s->fragment ? E_OK : rawquery_put(q, b);

	if (r == E_OK && padding > 0)
		r = buf_puts(b, buf_len(b) > 0 ? "&" PAD : PAD);
	for (; padding > 0 && r == E_OK; padding--)
		r = buf_put_u8(b, 'a');
	return r;
}

static enum errcode
put_line(const struct shape *s, const struct loopurl *u, const char *params, struct buf *b)
{
	char host[LOOPURL_AUTHORITY];
	size_t own = strcspn(u->target, "?");
	enum errcode r;

	loopurl_authority(u, host);
	r = buf_printf(b, "%s ", method_of(s));
	if (r == E_OK && s->absolute)
		r = buf_printf(b, "http://%s", host);
	if (r == E_OK)
		r = s->path != NULL ? buf_puts(b, s->path) : buf_put(b, u->target, own);
	if (r == E_OK && *params != '\0')
		r = buf_puts(b, "?");
	if (r == E_OK)
		r = buf_puts(b, params);
	if (r == E_OK)
		r = buf_printf(b, " %s\r\nHost: %s\r\n%s",
		    s->version == NULL ? "HTTP/1.1" : s->version, s->host == NULL ? host : s->host,
		    agent);
	return r;
}

/* POST as a page's form does it; other methods have their parameters in the target. */
static enum errcode
put_whole(const struct shape *s, const struct loopurl *u, const char *params, struct buf *b)
{
	bool form = strcmp(method_of(s), "POST") == 0,
	     body = form || strcmp(method_of(s), "PUT") == 0;
	enum errcode r = put_line(s, u, form ? "" : params, b);

	if (r == E_OK && form)
		r = buf_puts(b, "Content-Type: application/x-www-form-urlencoded\r\n");
	if (r == E_OK && body)
		r = buf_printf(b, "Content-Length: %zu\r\n", form ? strlen(params) : (size_t)0);
	if (r == E_OK)
		r = buf_puts(b, "\r\n");
	return r == E_OK && form ? buf_puts(b, params) : r;
}

static enum errcode
build(const struct shape *s, const struct loopurl *u, const struct rawquery *q, size_t padding,
    struct buf *out)
{
	struct buf *params = buf_new(SHAPE_MAX);
	const char *text = NULL;
	enum errcode r = params == NULL ? E_NOMEM : put_params(s, q, padding, params);

	if (r == E_OK && (text = buf_cstr(params)) == NULL)
		r = E_NOMEM;
	buf_reset(out);
	if (r == E_OK)
		r = put_whole(s, u, text, out);
	buf_free(params);
	return r;
}

/* The length of a length may change with it: a second and a third try settle that. */
static enum errcode
build_padded(const struct shape *s, const struct loopurl *u, const struct rawquery *q,
    struct buf *out, struct err *e)
{
	size_t padding = 1;
	enum errcode r = build(s, u, q, padding, out);

	for (int i = 0; i < 3 && r == E_OK && buf_len(out) != s->size; i++) {
		if (buf_len(out) >= s->size + padding)
			return err_set(e, E_CFG, NULL,
			    "the request has more than %zu bytes as it is", s->size);
		padding = padding + s->size - buf_len(out);
		r = build(s, u, q, padding, out);
	}
	return r;
}

static int
hex_value(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)((at - digits) & 15);
}

/* One backslash sequence at s into *c; its length, 0 when it is none. */
static size_t
read_escape(const char *s, char *c)
{
	static const char names[] = "rnt0\\", bytes[] = "\r\n\t\0\\";
	const char *at = s[1] == '\0' ? NULL : strchr(names, s[1]);

	if (at != NULL) {
		*c = bytes[at - names];
		return 2;
	}
	if (s[1] != 'x' || hex_value(s[2]) < 0 || hex_value(s[3]) < 0)
		return 0;
	*c = (char)(hex_value(s[2]) * 16 + hex_value(s[3]));
	return 4;
}

static const char *const places[] = { "${host}", "${path}", "${query}" };
#define NPLACES (sizeof(places) / sizeof(places[0]))

/* Which place s begins with; NPLACES: none. */
static size_t
find_place(const char *s)
{
	size_t i = 0;

	while (i < NPLACES && strncmp(s, places[i], strlen(places[i])) != 0)
		i++;
	return i;
}

static enum errcode
put_raw(const char *raw, const char *const values[NPLACES], struct buf *out)
{
	enum errcode r = E_OK;

	while (*raw != '\0' && r == E_OK) {
		size_t place = find_place(raw), n = 1;
		char c = *raw;

		if (place < NPLACES) {
			n = strlen(places[place]);
			r = buf_puts(out, values[place]);
		} else if (strncmp(raw, "${", 2) == 0 ||
		    (c == '\\' && (n = read_escape(raw, &c)) == 0)) {
			r = E_FORMAT;
		} else {
			r = buf_put_u8(out, (uint8_t)c);
		}
		raw += n;
	}
	return r;
}

bool
shape_good_raw(const char *raw)
{
	static const char *const none[NPLACES] = { "", "", "" };
	struct buf *b = buf_new(SHAPE_MAX);
	bool ok = b != NULL && put_raw(raw, none, b) == E_OK;

	buf_free(b);
	return ok;
}

static enum errcode
build_raw(const struct shape *s, const struct loopurl *u, const struct rawquery *q, struct buf *out)
{
	struct buf *path = buf_new(LOOPURL_TARGET_MAX), *query = buf_new(SHAPE_MAX);
	char host[LOOPURL_AUTHORITY];
	const char *values[NPLACES] = { host, NULL, NULL };
	enum errcode r = E_NOMEM;

	loopurl_authority(u, host);
	if (path != NULL && query != NULL &&
	    buf_put(path, u->target, strcspn(u->target, "?")) == E_OK &&
	    rawquery_put(q, query) == E_OK && (values[1] = buf_cstr(path)) != NULL &&
	    (values[2] = buf_cstr(query)) != NULL)
		r = put_raw(s->raw, values, out);
	buf_free(path);
	buf_free(query);
	return r;
}

enum errcode
shape_request(const struct shape *s, const struct loopurl *u, const struct rawquery *q,
    struct buf *out, struct err *e)
{
	enum errcode r;

	if (s->raw != NULL)
		r = build_raw(s, u, q, out);
	else if (s->size > 0)
		r = build_padded(s, u, q, out, e);
	else
		r = build(s, u, q, 0, out);
	return r == E_OK ? E_OK
	                 : err_set(e, r, NULL, "the request cannot be made: %s", err_name(r));
}
