/* Where in a document something stands. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/text.h"
#include "mock_idp/script/where.h"

#define NAME_SHOWN 48 /* of a member: a foreign one may be long */
#define FILE_SHOWN 80
#define LINKS_MAX 24

static size_t
add(char *out, size_t at, const char *before, const char *text)
{
	int n = snprintf(out + at, WHERE_SIZE - at, "%s%s", before, text);

	return n < 0 || at + (size_t)n >= WHERE_SIZE ? WHERE_SIZE - 1 : at + (size_t)n;
}

static size_t
add_file(char *out, const char *name)
{
	size_t len = strlen(name);
	bool cut = len >= FILE_SHOWN;
	char shown[FILE_SHOWN + 4];

	(void)text_escape(shown, sizeof(shown), cut ? name + len - FILE_SHOWN + 4 : name,
	    cut ? FILE_SHOWN - 4 : len);
	return add(out, 0, cut ? "..." : "", shown);
}

static size_t
add_link(char *out, size_t at, const struct where *link, bool first)
{
	char shown[NAME_SHOWN];

	if (link->name == NULL) {
		(void)snprintf(shown, sizeof(shown), "[%zu]", link->index);
		return add(out, at, "", shown);
	}
	(void)text_escape(shown, sizeof(shown), link->name, strlen(link->name));
	return add(out, at, first ? "" : ".", shown);
}

const char *
where_text(const struct where *at, char out[WHERE_SIZE])
{
	const struct where *links[LINKS_MAX];
	size_t n = 0, len;

	/* what lies deepest goes unsaid: the way to it is what matters */
	for (; at->up != NULL; at = at->up) {
		if (n == LINKS_MAX)
			memmove(links, links + 1, --n * sizeof(links[0]));
		links[n++] = at;
	}
	len = add_file(out, at->name);
	if (n > 0)
		len = add(out, len, ": ", "");
	for (size_t i = n; i-- > 0;)
		len = add_link(out, len, links[i], i == n - 1);
	return out;
}

enum errcode
where_err(const struct where *at, struct err *e, const char *fmt, ...)
{
	char place[WHERE_SIZE], text[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return err_set(e, E_CFG, NULL, "%s: %s", where_text(at, place), text);
}

enum errcode
where_inside(const struct where *at, struct err *e, const struct err *inner)
{
	char place[WHERE_SIZE];
	bool position = strchr("[.:", inner->text[0]) != NULL;

	return err_set(
	    e, E_CFG, NULL, "%s%s%s", where_text(at, place), position ? "" : ": ", inner->text);
}
