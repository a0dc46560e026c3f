/* The tags of a page. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/browser/markup.h"

#define NAME_CHARS "abcdefghijklmnopqrstuvwxyz0123456789-"

/* The end of a tag: a '>' that stands in no quotes. */
static const char *
tag_end(const char *s)
{
	char quote = '\0';

	for (; *s != '\0'; s++) {
		if (quote != '\0')
			quote = *s == quote ? '\0' : quote;
		else if (*s == '"' || *s == '\'')
			quote = *s;
		else if (*s == '>')
			return s;
	}
	return NULL;
}

bool
markup_next(const char *at, struct markup_tag *t)
{
	const char *open = strchr(at, '<'), *close;
	size_t n;

	if (open == NULL || (close = tag_end(open)) == NULL)
		return false;
	t->end = open[1] == '/';
	open += t->end ? 2 : 1;
	n = strspn(open, NAME_CHARS);
	t->attrs = open + n;
	t->nattrs = (size_t)(close - t->attrs);
	t->after = close + 1;
	n = n < sizeof(t->name) ? n : sizeof(t->name) - 1;
	memcpy(t->name, open, n);
	t->name[n] = '\0';
	return true;
}

static const struct entity {
	const char *text;
	char c;
} entities[] = {
	{ "&amp;", '&' },
	{ "&lt;", '<' },
	{ "&gt;", '>' },
	{ "&quot;", '"' },
	{ "&#39;", '\'' },
};

/* Those that the pages write (pages/html.c); any other text stays as it is. */
static char *
decode(const char *s, size_t len)
{
	char *out = malloc(len + 1), *at = out;

	if (at == NULL)
		return NULL;
	while (len > 0) {
		size_t used = 1;
		char c = *s;

		for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
			if (strlen(entities[i].text) <= len &&
			    strncmp(s, entities[i].text, strlen(entities[i].text)) == 0) {
				c = entities[i].c;
				used = strlen(entities[i].text);
			}
		*at++ = c;
		s += used;
		len -= used;
	}
	*at = '\0';
	return out;
}

char *
markup_attr(const struct markup_tag *t, const char *name)
{
	const char *s = t->attrs, *end = t->attrs + t->nattrs;

	while (s < end) {
		const char *v;
		size_t n, vlen = 0;

		s += strspn(s, " \n\t/");
		if (s >= end || (n = strspn(s, NAME_CHARS)) == 0)
			break;
		v = s + n;
		if (v[0] == '=' && v[1] == '"') {
			v += 2;
			vlen = strcspn(v, "\"");
		}
		if (n == strlen(name) && strncmp(s, name, n) == 0)
			return decode(v, vlen);
		s = vlen > 0 || v[-1] == '"' ? v + vlen + 1 : v;
	}
	return NULL;
}

char *
markup_heading(const char *page)
{
	struct markup_tag t = { .after = page };

	while (markup_next(t.after, &t))
		if (!t.end && strcmp(t.name, "h1") == 0)
			return decode(t.after, strcspn(t.after, "<"));
	return NULL;
}
