/* The forms of a page. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/secmem.h"
#include "common/url.h"
#include "mock_idp/browser/markup.h"
#include "mock_idp/browser/pageform.h"

static bool
begin(const struct markup_tag *t, struct pageform *f)
{
	char *method = markup_attr(t, "method");

	f->post = method != NULL && strcasecmp(method, "post") == 0;
	free(method);
	if ((f->action = markup_attr(t, "action")) == NULL)
		f->action = strdup("");
	return f->action != NULL;
}

/* Without a name it is not sent. */
static bool
add(const struct markup_tag *t, struct pairs *to)
{
	char *name = markup_attr(t, "name"), *value;

	if (name == NULL)
		return true;
	if ((value = markup_attr(t, "value")) == NULL)
		value = strdup("");
	return pairs_take(to, name, value) == E_OK;
}

bool
pageform_next(const char **at, struct pageform *f)
{
	struct markup_tag t;
	bool inside = false;

	memset(f, 0, sizeof(*f));
	for (const char *s = *at; markup_next(s, &t); s = t.after) {
		bool ok = true;

		if (!inside && !t.end && strcmp(t.name, "form") == 0) {
			inside = true;
			ok = begin(&t, f);
		} else if (inside && t.end && strcmp(t.name, "form") == 0) {
			*at = t.after;
			return true;
		} else if (inside && !t.end && strcmp(t.name, "input") == 0) {
			ok = add(&t, &f->fields);
		} else if (inside && !t.end && strcmp(t.name, "button") == 0) {
			ok = add(&t, &f->buttons);
		}
		if (!ok)
			break;
	}
	pageform_clear(f);
	return false;
}

bool
pageform_has_button(const struct pageform *f, const char *name, const char *value)
{
	for (size_t i = 0; i < f->buttons.n; i++)
		if (strcmp(f->buttons.v[i].name, name) == 0 &&
		    strcmp(f->buttons.v[i].value, value) == 0)
			return true;
	return false;
}

bool
pageform_fill(struct pageform *f, const char *name, const char *value)
{
	for (size_t i = 0; i < f->fields.n; i++) {
		char *copy;

		if (strcmp(f->fields.v[i].name, name) != 0)
			continue;
		if ((copy = strdup(value)) == NULL)
			return false;
		secmem_freestr(f->fields.v[i].value);
		f->fields.v[i].value = copy;
		return true;
	}
	return false;
}

enum errcode
pageform_put(const struct pageform *f, const char *name, const char *value, struct buf *b)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < f->fields.n && r == E_OK; i++)
		r = url_put_param(b, f->fields.v[i].name, f->fields.v[i].value);
	return r == E_OK && name != NULL ? url_put_param(b, name, value) : r;
}

void
pageform_clear(struct pageform *f)
{
	free(f->action);
	pairs_clear(&f->fields);
	pairs_clear(&f->buttons);
	memset(f, 0, sizeof(*f));
}
