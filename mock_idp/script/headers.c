/* `headers` of a reply. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/secmem.h"
#include "mock_idp/script/headers.h"
#include "mock_idp/script/shape.h"

#define VALUES_MAX 32

/* RFC 9110 section 5.6.2 */
static bool
is_token(const char *s)
{
	static const char chars[] = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                            "abcdefghijklmnopqrstuvwxyz";

	return *s != '\0' && s[strspn(s, chars)] == '\0';
}

static bool
one_line(const char *s, size_t len)
{
	return memchr(s, '\r', len) == NULL && memchr(s, '\n', len) == NULL &&
	    memchr(s, '\0', len) == NULL;
}

static enum errcode
check_value(void *arg, json_t *v, const struct where *at, struct err *e)
{
	(void)arg;
	return one_line(json_string_value(v), json_string_length(v))
	    ? E_OK
	    : where_err(at, e, "a line end or a NUL: that is for wire header-raw");
}

static enum errcode
check_name(const char *name, const struct where *at, struct err *e)
{
	static const char *const framing[] = { "Content-Length", "Connection", "Date" };

	if (!is_token(name))
		return where_err(at, e, "is no name of a header: that is for wire header-raw");
	for (size_t i = 0; i < sizeof(framing) / sizeof(framing[0]); i++)
		if (strcasecmp(framing[i], name) == 0)
			return where_err(at, e, "is written with the answer: that is for wire");
	return E_OK;
}

enum errcode
headers_check(json_t *spec, const struct where *at, struct err *e)
{
	enum errcode r = shape_type(spec, SHAPE_OBJECT, at, e);
	const char *name;
	json_t *v;

	json_object_foreach(spec, name, v)
	{
		const struct where here = { at, name, 0 };

		if (r != E_OK || (r = check_name(name, &here, e)) != E_OK)
			break;
		if ((r = shape_type(v, SHAPE_TEXT | SHAPE_ARRAY | SHAPE_NULL, &here, e)) != E_OK)
			break;
		if (json_is_string(v))
			r = check_value(NULL, v, &here, e);
		else if (json_is_array(v))
			r = shape_array(v, SHAPE_TEXT, VALUES_MAX, check_value, NULL, &here, e);
	}
	return r;
}

void
headers_drop(struct pairs *headers, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < headers->n; i++) {
		struct pair p = headers->v[i];

		if (strcasecmp(p.name, name) == 0) {
			secmem_freestr(p.name);
			secmem_freestr(p.value);
		} else {
			headers->v[kept++] = p;
		}
	}
	headers->n = kept;
}

static enum errcode
add(struct pairs *headers, const char *name, const json_t *v, const struct hole_world *w,
    struct err *e)
{
	struct buf *b = expand_string(w, v);
	const char *text = b == NULL ? NULL : buf_cstr(b);
	enum errcode r;

	if (text == NULL)
		r = err_set(e, E_NOMEM, NULL, "out of memory");
	else if (!one_line(text, buf_len(b)))
		r = err_set(e, E_FORMAT, NULL, "a line end in %s", name);
	else if ((r = pairs_add(headers, name, text)) != E_OK)
		r = err_set(e, r, NULL, "too many headers");
	buf_free(b);
	return r;
}

enum errcode
headers_change(json_t *spec, const struct hole_world *w, struct pairs *headers, struct err *e)
{
	enum errcode r = E_OK;
	const char *name;
	json_t *v;

	json_object_foreach(spec, name, v)
	{
		headers_drop(headers, name);
		if (json_is_string(v) && r == E_OK)
			r = add(headers, name, v, w, e);
		for (size_t i = 0; i < json_array_size(v) && r == E_OK; i++)
			r = add(headers, name, json_array_get(v, i), w, e);
	}
	return r;
}
