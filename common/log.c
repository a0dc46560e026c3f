/* One line an event: key=value pairs, every value made safe. */
#include "config.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/log.h"
#include "common/text.h"

#define VALUE_MAX 256

void
logline_init(struct logline *l)
{
	l->text[0] = '\0';
	l->len = 0;
}

/* src (escaped) in double quotes, with the quotes inside it escaped too; cut between escapes. */
static void
quote(char *dst, size_t size, const char *src)
{
	size_t at = 0, n;

	dst[at++] = '"';
	/* room for an escape, the mark of a cut, the quote and the NUL */
	for (; *src != '\0' && at + 9 <= size; src += n) {
		n = *src == '\\' ? 4 : 1;
		memcpy(dst + at, *src == '"' ? "\\x22" : src, *src == '"' ? 4 : n);
		at += *src == '"' ? 4 : n;
	}
	(void)snprintf(dst + at, size - at, "%s\"", *src == '\0' ? "" : "...");
}

void
logline_add(struct logline *l, const char *key, const char *value)
{
	char safe[VALUE_MAX + 4], quoted[VALUE_MAX + 16];
	const char *v = safe;
	int n;

	if (value == NULL)
		return;
	text_escape(safe, sizeof(safe), value, strlen(value));
	if (safe[0] == '\0' || strpbrk(safe, " \"=") != NULL) {
		quote(quoted, sizeof(quoted), safe);
		v = quoted;
	}
	n = snprintf(
	    l->text + l->len, sizeof(l->text) - l->len, "%s%s=%s", l->len > 0 ? " " : "", key, v);
	if (n < 0 || (size_t)n >= sizeof(l->text) - l->len)
		l->text[l->len] = '\0';
	else
		l->len += (size_t)n;
}

void
logline_addf(struct logline *l, const char *key, const char *fmt, ...)
{
	char value[VALUE_MAX * 2];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(value, sizeof(value), fmt, ap);
	va_end(ap);
	logline_add(l, key, value);
}
