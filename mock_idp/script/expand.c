/* Texts with placeholders in them, filled in. */
#include "config.h"

#include <string.h>

#include "mock_idp/script/expand.h"

#define SHOWN 40 /* characters of what is no placeholder */

/* Up to the next "${", or all there is. */
static size_t
plain_length(const char *s, size_t len)
{
	const char *at = memmem(s, len, "${", 2);

	return at == NULL ? len : (size_t)(at - s);
}

static enum errcode
check_text(json_t *v, const struct where *at, struct err *e)
{
	const char *s = json_string_value(v);
	size_t len = json_string_length(v), n;
	struct hole h;

	while ((n = plain_length(s, len)) < len) {
		s += n;
		len -= n;
		if (!hole_parse(&h, s, len))
			return where_err(at, e, "unknown placeholder %.*s%s",
			    (int)(len < SHOWN ? len : SHOWN), s, len < SHOWN ? "" : "...");
		s += h.used;
		len -= h.used;
	}
	return E_OK;
}

enum errcode
expand_check(json_t *v, const struct where *at, struct err *e)
{
	enum errcode r = json_is_string(v) ? check_text(v, at, e) : E_OK;
	const char *name;
	json_t *value;

	for (size_t i = 0; r == E_OK && i < json_array_size(v); i++) {
		const struct where here = { at, NULL, i };

		r = expand_check(json_array_get(v, i), &here, e);
	}
	json_object_foreach(v, name, value)
	{
		const struct where here = { at, name, 0 };

		if (r == E_OK)
			r = expand_check(value, &here, e);
	}
	return r;
}

static struct buf *
expand_text(const struct hole_world *w, const char *s, size_t len)
{
	struct buf *b = buf_new(EXPAND_MAX);
	bool ok = b != NULL;
	struct hole h;

	while (ok && len > 0) {
		size_t n = plain_length(s, len);

		ok = n == 0 || buf_put(b, s, n) == E_OK;
		s += n;
		len -= n;
		/* what was checked has none that cannot be read */
		if (ok && len > 0 && (ok = hole_parse(&h, s, len) && hole_fill(&h, w, b))) {
			s += h.used;
			len -= h.used;
		}
	}
	if (ok)
		return b;
	buf_free(b);
	return NULL;
}

struct buf *
expand_string(const struct hole_world *w, const json_t *v)
{
	return expand_text(w, json_string_value(v), json_string_length(v));
}

static json_t *
fill_string(const struct hole_world *w, const json_t *v)
{
	const char *s = json_string_value(v);
	size_t len = json_string_length(v);
	struct hole h;
	struct buf *b;
	json_t *out;

	if (len > 2 && strncmp(s, "${", 2) == 0 && hole_parse(&h, s, len) && h.kind == HOLE_NOW &&
	    h.used == len)
		return json_integer((json_int_t)(w->now + h.shift));
	if ((b = expand_text(w, s, len)) == NULL)
		return NULL;
	out = json_stringn(buf_len(b) == 0 ? "" : (const char *)buf_data(b), buf_len(b));
	buf_free(b);
	return out;
}

static json_t *
fill_array(const struct hole_world *w, json_t *v)
{
	json_t *out = json_array();

	for (size_t i = 0; out != NULL && i < json_array_size(v); i++)
		if (json_array_append_new(out, expand_json(w, json_array_get(v, i))) != 0) {
			json_decref(out);
			out = NULL;
		}
	return out;
}

static json_t *
fill_object(const struct hole_world *w, json_t *v)
{
	json_t *out = json_object(), *value;
	const char *name;

	json_object_foreach(v, name,
	    value) if (out != NULL && json_object_set_new(out, name, expand_json(w, value)) != 0)
	{
		json_decref(out);
		out = NULL;
	}
	return out;
}

json_t *
expand_json(const struct hole_world *w, json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_STRING:
		return fill_string(w, v);
	case JSON_ARRAY:
		return fill_array(w, v);
	case JSON_OBJECT:
		return fill_object(w, v);
	case JSON_INTEGER:
	case JSON_REAL:
	case JSON_TRUE:
	case JSON_FALSE:
	case JSON_NULL:
		return json_deep_copy(v);
	}
	return NULL;
}
