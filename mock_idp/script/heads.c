/* The heads of scenarios. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/script/heads.h"
#include "mock_idp/script/script.h"
#include "mock_idp/script/shape.h"

#define NAME_MAX_LEN 64
#define LIST_MAX 1000 /* of a file */

static enum errcode
check_name(void *arg, json_t *v, const struct where *at, struct err *e)
{
	static const char chars[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	const char *s = json_string_value(v);
	size_t n = strlen(s);

	(void)arg;
	return n > 0 && n <= NAME_MAX_LEN && strspn(s, chars) == n
	    ? E_OK
	    : where_err(
	          at, e, "must be small letters, digits, '.', '_', '-'; %d at most", NAME_MAX_LEN);
}

static enum errcode
check_class(void *arg, json_t *v, const struct where *at, struct err *e)
{
	static const char *const classes[] = { "OK", "CFG", "NET", "TLS", "PROTO", "KEYS", "TOK",
		"CLM", "CB", "DENY", "EXP", "NAME", "POL", "REQ", "BUSY" };

	(void)arg;
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strcmp(classes[i], json_string_value(v)) == 0)
			return E_OK;
	return where_err(at, e, "unknown class %.20s", json_string_value(v));
}

static enum errcode
check_text(void *arg, json_t *v, const struct where *at, struct err *e)
{
	(void)arg;
	return json_string_length(v) > 0 && strchr(json_string_value(v), '\n') == NULL
	    ? E_OK
	    : where_err(at, e, "must be one line");
}

static enum errcode
check_texts(void *arg, json_t *v, const struct where *at, struct err *e)
{
	return shape_array(v, SHAPE_TEXT, LIST_MAX, check_text, arg, at, e);
}

static enum errcode
check_objects(void *arg, json_t *v, const struct where *at, struct err *e)
{
	(void)arg;
	return shape_array(v, SHAPE_OBJECT, LIST_MAX, NULL, NULL, at, e);
}

static const struct shape_member members[] = {
	{ "name", SHAPE_TEXT, true, check_name },
	{ "rows", SHAPE_ARRAY, true, check_texts },
	{ "serves", SHAPE_TEXT, true, check_text },
	{ "class", SHAPE_TEXT, true, check_class },
	{ "reason", SHAPE_TEXT, false, check_text },
	{ "twin", SHAPE_TEXT, false, check_name },
	{ "shows", SHAPE_ARRAY, false, check_objects },
	{ "needs", SHAPE_TEXT, false, check_text },
	{ "then", SHAPE_ARRAY, false, check_texts },
	{ "browser", SHAPE_ARRAY, false, check_texts },
	{ "options", SHAPE_OBJECT, false, NULL },
	{ "rules", SHAPE_ARRAY, false, NULL },
	{ NULL, 0, false, NULL },
};

const char *
heads_text(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s == NULL ? "" : s;
}

/* OK; REQ succeeds too, and the journal tells whether what was asked was right. */
static bool
is_golden(const json_t *head)
{
	return strcmp(heads_text(head, "class"), "OK") == 0 ||
	    strcmp(heads_text(head, "class"), "REQ") == 0;
}

/* What is refused must say why, and which one it differs from. */
static enum errcode
check_head(void *arg, json_t *v, const struct where *at, struct err *e)
{
	enum errcode r = shape_object(v, members, NULL, at, e);

	if (r != E_OK)
		return r;
	if (is_golden(v) != (json_object_get(v, "reason") == NULL))
		return where_err(
		    at, e, is_golden(v) ? "what succeeds has no reason" : "reason is missing");
	if (!is_golden(v) && json_object_get(v, "twin") == NULL)
		return where_err(at, e, "twin is missing");
	return json_array_append(arg, v) == 0 ? E_OK : err_set(e, E_NOMEM, NULL, "out of memory");
}

static int
by_name(const void *a, const void *b)
{
	const json_t *const *x = a, *const *y = b;

	return strcmp(heads_text(*x, "name"), heads_text(*y, "name"));
}

/* A fresh array of the same, sorted; NULL: out of memory. */
static json_t *
sort(json_t *list)
{
	size_t n = json_array_size(list);
	json_t **v = calloc(n + 1, sizeof(json_t *)), *out = json_array();

	for (size_t i = 0; v != NULL && i < n; i++)
		v[i] = json_array_get(list, i);
	if (v != NULL)
		qsort(v, n, sizeof(json_t *), by_name);
	for (size_t i = 0; v != NULL && i < n; i++)
		(void)json_array_append(out, v[i]);
	free(v);
	if (json_array_size(out) == n)
		return out;
	json_decref(out);
	return NULL;
}

json_t *
heads_find(const json_t *list, const char *name)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(heads_text(json_array_get(list, i), "name"), name) == 0)
			return json_array_get(list, i);
	return NULL;
}

static enum errcode
check_twins(const json_t *sorted, struct err *e)
{
	const char *last = "";

	for (size_t i = 0; i < json_array_size(sorted); i++) {
		const json_t *head = json_array_get(sorted, i);
		const char *name = heads_text(head, "name"), *twin = heads_text(head, "twin");

		if (strcmp(name, last) == 0)
			return err_set(e, E_CFG, NULL, "two scenarios are %s", name);
		if (*twin != '\0' && heads_find(sorted, twin) == NULL)
			return err_set(e, E_CFG, NULL, "%s: no such twin: %s", name, twin);
		if (*twin != '\0' && !is_golden(heads_find(sorted, twin)))
			return err_set(
			    e, E_CFG, NULL, "%s: its twin %s does not succeed", name, twin);
		last = name;
	}
	return E_OK;
}

static enum errcode
read_text(json_t *all, const struct text *t, struct err *e)
{
	const struct where at = { NULL, t->name, 0 };
	json_t *doc = NULL;
	enum errcode r = script_load(&doc, t->bytes, t->len, t->name, e);

	if (r == E_OK)
		r = shape_array(doc, SHAPE_OBJECT, LIST_MAX, check_head, all, &at, e);
	json_decref(doc);
	return r;
}

/* "a.json" for "a.b.c" */
static bool
may_hold(const struct text *t, const char *name)
{
	size_t n = strcspn(name, ".");

	return strncmp(t->name, name, n) == 0 && strcmp(t->name + n, ".json") == 0;
}

enum errcode
heads_read_file(json_t **out, const struct text *texts, const char *name, struct err *e)
{
	json_t *all = json_array();
	enum errcode r = all == NULL ? err_set(e, E_NOMEM, NULL, "out of memory") : E_OK;

	for (; r == E_OK && texts->name != NULL; texts++)
		if (may_hold(texts, name))
			r = read_text(all, texts, e);
	if (r != E_OK)
		json_decref(all);
	else
		*out = all;
	return r;
}

enum errcode
heads_read(json_t **out, const struct text *texts, struct err *e)
{
	json_t *all = json_array(), *sorted = NULL;
	enum errcode r = all == NULL ? err_set(e, E_NOMEM, NULL, "out of memory") : E_OK;

	for (; r == E_OK && texts->name != NULL; texts++)
		r = read_text(all, texts, e);
	if (r == E_OK && (sorted = sort(all)) == NULL)
		r = err_set(e, E_NOMEM, NULL, "out of memory");
	if (r == E_OK)
		r = check_twins(sorted, e);
	json_decref(all);
	if (r != E_OK)
		json_decref(sorted);
	else
		*out = sorted;
	return r;
}
