/* JSON that must have a shape. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/script/shape.h"

#define KNOWN_SIZE 200 /* of all names that an object may have */

static const struct {
	unsigned types;
	const char *name;
} names[] = {
	{ SHAPE_OBJECT, "an object" },
	{ SHAPE_ARRAY, "an array" },
	{ SHAPE_TEXT, "text" },
	{ SHAPE_INTEGER, "a whole number" },
	{ 1U << JSON_REAL, "a fraction" },
	{ SHAPE_BOOL, "true or false" },
	{ SHAPE_NULL, "null" },
};

/* "text or null" */
static const char *
type_names(unsigned types, char *out, size_t size)
{
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((names[i].types & types) != 0 && len < size)
			len += (size_t)snprintf(
			    out + len, size - len, "%s%s", len == 0 ? "" : " or ", names[i].name);
	return out;
}

enum errcode
shape_type(const json_t *v, unsigned types, const struct where *at, struct err *e)
{
	char wanted[96], is[32];

	if ((types & 1U << json_typeof(v)) != 0)
		return E_OK;
	return where_err(at, e, "must be %s, is %s", type_names(types, wanted, sizeof(wanted)),
	    type_names(1U << json_typeof(v), is, sizeof(is)));
}

static enum errcode
take(json_t *v, const struct shape_member *m, void *arg, const struct where *at, struct err *e)
{
	enum errcode r = shape_type(v, m->types, at, e);

	return r != E_OK || m->fn == NULL ? r : m->fn(arg, v, at, e);
}

static enum errcode
unknown(const struct shape_member *table, const struct where *at, struct err *e)
{
	char known[KNOWN_SIZE] = "";
	size_t len = 0;

	for (const struct shape_member *m = table; m->name != NULL && len < sizeof(known); m++)
		len += (size_t)snprintf(
		    known + len, sizeof(known) - len, "%s%s", len == 0 ? "" : ", ", m->name);
	return where_err(at, e, "unknown member; known: %s", known);
}

enum errcode
shape_object(
    json_t *v, const struct shape_member *table, void *arg, const struct where *at, struct err *e)
{
	enum errcode r = shape_type(v, SHAPE_OBJECT, at, e);
	const char *name;
	json_t *value;

	if (r != E_OK)
		return r;
	for (const struct shape_member *m = table; m->name != NULL; m++)
		if (m->required && json_object_get(v, m->name) == NULL)
			return where_err(at, e, "%s is missing", m->name);
	json_object_foreach(v, name, value)
	{
		const struct where here = { at, name, 0 };
		const struct shape_member *m = table;

		while (m->name != NULL && strcmp(m->name, name) != 0)
			m++;
		if (m->name == NULL)
			return unknown(table, &here, e);
		if ((r = take(value, m, arg, &here, e)) != E_OK)
			return r;
	}
	return E_OK;
}

enum errcode
shape_array(json_t *v, unsigned types, size_t max, shape_fn *fn, void *arg, const struct where *at,
    struct err *e)
{
	enum errcode r = shape_type(v, SHAPE_ARRAY, at, e);
	json_t *value;
	size_t i;

	if (r == E_OK && json_array_size(v) > max)
		return where_err(at, e, "has more than %zu elements", max);
	for (i = 0; r == E_OK && i < json_array_size(v); i++) {
		const struct where here = { at, NULL, i };

		value = json_array_get(v, i);
		r = shape_type(value, types, &here, e);
		if (r == E_OK && fn != NULL)
			r = fn(arg, value, &here, e);
	}
	return r;
}
