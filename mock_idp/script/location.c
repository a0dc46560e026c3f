/* What becomes of the address that the browser is sent back to. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/url.h"
#include "mock_idp/form.h"
#include "mock_idp/script/location.h"
#include "mock_idp/script/shape.h"

#define LOCATION_MAX ((size_t)1024 * 1024)
#define ENTRIES_MAX 32

/* The names as they are, the values as the address spells them. */
struct params {
	struct pairs p;
	const struct hole_world *w;
	bool ok;
};

static enum errcode
check_names(void *arg, json_t *v, const struct where *at, struct err *e)
{
	(void)arg;
	return shape_array(v, SHAPE_TEXT, ENTRIES_MAX, NULL, NULL, at, e);
}

static enum errcode
check_values(void *arg, json_t *v, const struct where *at, struct err *e)
{
	enum errcode r = E_OK;
	const char *name;
	json_t *value;

	(void)arg;
	json_object_foreach(v, name, value)
	{
		const struct where here = { at, name, 0 };

		if (r == E_OK)
			r = shape_type(value, SHAPE_TEXT, &here, e);
	}
	return r;
}

static enum errcode
check_pair(void *arg, json_t *v, const struct where *at, struct err *e)
{
	(void)arg;
	return json_array_size(v) == 2 && json_is_string(json_array_get(v, 0)) &&
	        json_is_string(json_array_get(v, 1))
	    ? E_OK
	    : where_err(at, e, "must be a name and a value, both text");
}

static enum errcode
check_pairs(void *arg, json_t *v, const struct where *at, struct err *e)
{
	return shape_array(v, SHAPE_ARRAY, ENTRIES_MAX, check_pair, arg, at, e);
}

enum errcode
location_check(json_t *spec, const struct where *at, struct err *e)
{
	static const struct shape_member members[] = {
		{ "set", SHAPE_OBJECT, false, check_values },
		{ "set_raw", SHAPE_OBJECT, false, check_values },
		{ "drop", SHAPE_ARRAY, false, check_names },
		{ "append", SHAPE_ARRAY, false, check_pairs },
		{ "append_raw", SHAPE_ARRAY, false, check_pairs },
		{ "fragment", SHAPE_BOOL, false, NULL },
		{ "raw", SHAPE_TEXT, false, NULL },
		{ NULL, 0, false, NULL },
	};
	enum errcode r = shape_object(spec, members, NULL, at, e);

	if (r == E_OK && json_object_size(spec) == 0)
		r = where_err(at, e, "says nothing");
	if (r == E_OK && json_object_get(spec, "raw") != NULL && json_object_size(spec) > 1)
		r = where_err(at, e, "raw is the whole address: nothing may stand beside it");
	return r == E_OK ? expand_check(spec, at, e) : r;
}

static void
split(struct params *ps, const char *s)
{
	while (*s != '\0' && ps->ok) {
		size_t n = strcspn(s, "&"), name = strcspn(s, "&=");

		ps->ok = pairs_take(&ps->p, form_decode(s, name),
		             name < n ? strndup(s + name + 1, n - name - 1) : strdup("")) == E_OK;
		s += n;
		s += *s == '&';
	}
}

static void
drop(struct params *ps, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < ps->p.n; i++) {
		struct pair p = ps->p.v[i];

		if (strcmp(p.name, name) == 0) {
			free(p.name);
			free(p.value);
		} else {
			ps->p.v[kept++] = p;
		}
	}
	ps->p.n = kept;
}

/* A value as the address spells it; fresh. */
static char *
spell(const struct params *ps, const json_t *v, bool raw)
{
	struct buf *text = expand_string(ps->w, v), *coded = buf_new(LOCATION_MAX);
	const char *s = text == NULL ? NULL : buf_cstr(text);
	char *out = NULL;

	if (s != NULL && !raw)
		s = coded != NULL && url_put_form(coded, s) == E_OK ? buf_cstr(coded) : NULL;
	if (s != NULL)
		out = strdup(s);
	buf_free(text);
	buf_free(coded);
	return out;
}

static void
append(struct params *ps, const char *name, const json_t *v, bool raw)
{
	ps->ok = ps->ok && pairs_take(&ps->p, strdup(name), spell(ps, v, raw)) == E_OK;
}

/* In the place of the first of that name. */
static void
set(struct params *ps, const char *name, const json_t *v, bool raw)
{
	char *value;
	size_t i = 0;

	while (i < ps->p.n && strcmp(ps->p.v[i].name, name) != 0)
		i++;
	if (i == ps->p.n) {
		append(ps, name, v, raw);
	} else if ((value = spell(ps, v, raw)) == NULL) {
		ps->ok = false;
	} else {
		free(ps->p.v[i].value);
		ps->p.v[i].value = value;
	}
}

static void
set_all(struct params *ps, json_t *values, bool raw)
{
	const char *name;
	json_t *v;

	json_object_foreach(values, name, v) set(ps, name, v, raw);
}

static void
append_all(struct params *ps, const json_t *list, bool raw)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *pair = json_array_get(list, i);

		append(
		    ps, json_string_value(json_array_get(pair, 0)), json_array_get(pair, 1), raw);
	}
}

static char *
join(const struct params *ps, const char *base, size_t baselen, char mark)
{
	struct buf *b = buf_new(LOCATION_MAX);
	bool ok = b != NULL && buf_put(b, base, baselen) == E_OK;
	const char *text;
	char *out = NULL;

	for (size_t i = 0; i < ps->p.n && ok; i++)
		ok = buf_printf(b, "%c", i == 0 ? mark : '&') == E_OK &&
		    url_put_form(b, ps->p.v[i].name) == E_OK && buf_puts(b, "=") == E_OK &&
		    buf_puts(b, ps->p.v[i].value) == E_OK;
	if (ok && (text = buf_cstr(b)) != NULL)
		out = strdup(text);
	buf_free(b);
	return out;
}

static char *
whole(const json_t *raw, const struct hole_world *w)
{
	struct buf *b = expand_string(w, raw);
	const char *text = b == NULL ? NULL : buf_cstr(b);
	char *out = text == NULL ? NULL : strdup(text);

	buf_free(b);
	return out;
}

char *
location_change(json_t *spec, const struct hole_world *w, const char *location)
{
	size_t base = strcspn(location, "?#");
	struct params ps = { .w = w, .ok = true };
	json_t *raw = json_object_get(spec, "raw"), *drops = json_object_get(spec, "drop");
	char *out = NULL;

	if (raw != NULL)
		return whole(raw, w);
	split(&ps, location[base] == '\0' ? "" : location + base + 1);
	for (size_t i = 0; i < json_array_size(drops); i++)
		drop(&ps, json_string_value(json_array_get(drops, i)));
	set_all(&ps, json_object_get(spec, "set"), false);
	set_all(&ps, json_object_get(spec, "set_raw"), true);
	append_all(&ps, json_object_get(spec, "append"), false);
	append_all(&ps, json_object_get(spec, "append_raw"), true);
	if (ps.ok)
		out = join(&ps, location, base,
		    json_is_true(json_object_get(spec, "fragment")) ? '#' : '?');
	pairs_clear(&ps.p);
	return out;
}
