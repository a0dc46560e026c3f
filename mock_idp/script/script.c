/* A script, read and kept. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/script/rule.h"
#include "mock_idp/script/script.h"
#include "mock_idp/script/shape.h"
#include "mock_idp/script/textfile.h"
#include "mock_idp/settings.h"

struct reading {
	struct script *script;
	const char *dir;
};

void
script_free(struct script *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		rule_clear(&s->rules[i]);
	free(s->rules);
	pairs_clear(&s->options);
	free(s);
}

void
script_restart(struct script *s)
{
	for (size_t i = 0; s != NULL && i < s->n; i++)
		s->rules[i].match.seen = 0;
}

/* n more rules, empty; NULL: too many, or no memory. */
static struct rule *
grow(struct script *s, size_t n, struct err *e)
{
	struct rule *more;

	if (n > SCRIPT_RULES - s->n) {
		(void)err_set(e, E_LIMIT, NULL, "more than %d rules", SCRIPT_RULES);
		return NULL;
	}
	if ((more = reallocarray(s->rules, s->n + n, sizeof(*more))) == NULL) {
		(void)err_set(e, E_NOMEM, NULL, "out of memory");
		return NULL;
	}
	s->rules = more; /* -fanalyzer: script_free frees them */
	memset(more + s->n, 0, n * sizeof(*more));
	return more + s->n;
}

static enum errcode
take_options(void *arg, json_t *v, const struct where *at, struct err *e)
{
	struct script *s = ((struct reading *)arg)->script;
	enum errcode r = E_OK;
	const char *name;
	json_t *value;

	json_object_foreach(v, name, value)
	{
		const struct where here = { at, name, 0 };
		char text[SETTINGS_TEXT_SIZE];

		if ((r = settings_text(name, value, text, &here, e)) != E_OK)
			break;
		if ((r = pairs_add(&s->options, name, text)) != E_OK) {
			(void)err_set(e, r, NULL, "too many options");
			break;
		}
	}
	return r;
}

static enum errcode
take_rule(void *arg, json_t *v, const struct where *at, struct err *e)
{
	struct reading *r = arg;
	struct rule *rule = grow(r->script, 1, e);

	if (rule == NULL)
		return E_LIMIT;
	r->script->n++;
	return rule_parse(rule, v, at->index, r->dir, at, e);
}

static enum errcode
take_rules(void *arg, json_t *v, const struct where *at, struct err *e)
{
	return shape_array(v, SHAPE_OBJECT, SCRIPT_RULES, take_rule, arg, at, e);
}

enum errcode
script_take(
    struct script **out, json_t *doc, const struct where *at, const char *dir, struct err *e)
{
	static const struct shape_member members[] = {
		{ "options", SHAPE_OBJECT, false, take_options },
		{ "rules", SHAPE_ARRAY, false, take_rules },
		{ NULL, 0, false, NULL },
	};
	struct reading r = { calloc(1, sizeof(struct script)), dir };
	enum errcode code;

	if (r.script == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if ((code = shape_object(doc, members, &r, at, e)) != E_OK) {
		script_free(r.script);
		return code;
	}
	*out = r.script;
	return E_OK;
}

enum errcode
script_parse(struct script **out, const char *text, size_t len, const char *name, const char *dir,
    struct err *e)
{
	const struct where at = { NULL, name, 0 };
	enum errcode r;
	json_t *doc = NULL;

	if ((r = script_load(&doc, text, len, name, e)) != E_OK)
		return r;
	r = script_take(out, doc, &at, dir, e);
	json_decref(doc);
	return r;
}

enum errcode
script_load(json_t **out, const char *text, size_t len, const char *name, struct err *e)
{
	const struct where at = { NULL, name, 0 };
	json_error_t je;

	if (len > SCRIPT_MAX)
		return where_err(&at, e, "has more than %zu bytes", SCRIPT_MAX);
	/* a member that stands there twice would be one that changes nothing, silently */
	*out = json_loadb(len == 0 ? "" : text, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &je);
	return *out != NULL
	    ? E_OK
	    : where_err(&at, e, "line %d, column %d: %s", je.line, je.column, je.text);
}

enum errcode
script_read(struct script **out, const char *path, struct err *e)
{
	const struct where at = { NULL, path, 0 };
	const char *slash = strrchr(path, '/');
	char *dir = slash == NULL ? strdup("") : strndup(path, (size_t)(slash - path) + 1);
	struct buf *text = NULL;
	enum errcode r;

	if (dir == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if ((r = textfile_read(&text, "", path, &at, e)) == E_OK)
		r = script_parse(out, (const char *)buf_data(text), buf_len(text), path, dir, e);
	buf_free(text);
	free(dir);
	return r;
}

static enum errcode
append_options(struct pairs *to, const struct pairs *more, struct err *e)
{
	size_t before = to->n;
	enum errcode r = E_OK;

	for (size_t i = 0; i < more->n && r == E_OK; i++)
		r = pairs_add(to, more->v[i].name, more->v[i].value);
	while (r != E_OK && to->n > before) {
		to->n--;
		free(to->v[to->n].name);
		free(to->v[to->n].value);
	}
	return r == E_OK ? r : err_set(e, r, NULL, "too many options");
}

enum errcode
script_append(struct script **to, struct script *more, struct err *e)
{
	enum errcode r = E_LIMIT;
	struct rule *room = NULL;

	if (*to == NULL) {
		*to = more;
		return E_OK;
	}
	/* options alone: reallocarray to no rules at all would free them */
	if ((more->n == 0 || (room = grow(*to, more->n, e)) != NULL) &&
	    (r = append_options(&(*to)->options, &more->options, e)) == E_OK) {
		if (room != NULL)
			memcpy(room, more->rules, more->n * sizeof(*room));
		(*to)->n += more->n;
		more->n = 0;
	}
	script_free(more);
	return r;
}
