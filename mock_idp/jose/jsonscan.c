/* Where things stand in the text of a JSON object. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jsonscan.h"

static size_t
skip_blanks(const char *text, size_t len, size_t at)
{
	while (at < len &&
	    (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r'))
		at++;
	return at;
}

size_t
jsonscan_string(const char *text, size_t len, size_t at)
{
	for (at++; at < len && text[at] != '"'; at++)
		if (text[at] == '\\')
			at++;
	return at < len ? at + 1 : len;
}

/* Behind the bracket that closes the one at `at`; 0: it is never closed. */
static size_t
skip_brackets(const char *text, size_t len, size_t at)
{
	size_t depth = 0;

	while (at < len) {
		char c = text[at];

		if (c == '"') {
			at = jsonscan_string(text, len, at);
			continue;
		}
		at++;
		if (c == '{' || c == '[')
			depth++;
		else if ((c == '}' || c == ']') && --depth == 0)
			return at;
	}
	return 0;
}

/* The end of the value that begins at `at`; one that is no JSON ends with the next mark. */
static size_t
skip_value(const char *text, size_t len, size_t at)
{
	if (at < len && text[at] == '"')
		return jsonscan_string(text, len, at);
	if (at < len && (text[at] == '{' || text[at] == '[')) {
		size_t end = skip_brackets(text, len, at);

		return end == 0 ? len : end;
	}
	while (at < len && strchr(",]} \t\r\n", text[at]) == NULL)
		at++;
	return at;
}

bool
jsonscan_open(struct jsonscan *s, const char *text, size_t len)
{
	size_t open = skip_blanks(text, len, 0), end;

	if (open == len || text[open] != '{')
		return false;
	end = skip_brackets(text, len, open);
	if (end == 0 || text[end - 1] != '}' || skip_blanks(text, len, end) != len)
		return false;
	*s = (struct jsonscan){ .text = text, .len = len, .open = open, .close = end - 1 };
	s->empty = skip_blanks(text, len, open + 1) == s->close;
	return true;
}

/* The name at *at and the value behind it; *at moves on to what follows. False: no more members. */
static bool
next(const struct jsonscan *s, size_t *at, size_t *name, size_t *begin, size_t *end)
{
	*name = skip_blanks(s->text, s->close, *at);
	if (*name >= s->close || s->text[*name] != '"')
		return false;
	*begin = skip_blanks(s->text, s->close, jsonscan_string(s->text, s->close, *name));
	if (*begin >= s->close || s->text[*begin] != ':')
		return false;
	*begin = skip_blanks(s->text, s->close, *begin + 1);
	*end = skip_value(s->text, s->close, *begin);
	*at = skip_blanks(s->text, s->close, *end);
	if (*at < s->close && s->text[*at] == ',')
		++*at;
	return true;
}

bool
jsonscan_member(const struct jsonscan *s, const char *name, size_t *begin, size_t *end)
{
	size_t at = s->open + 1, n = strlen(name), from, b, e;
	bool found = false;

	while (next(s, &at, &from, &b, &e)) {
		if (s->close - from < n + 2 || strncmp(s->text + from + 1, name, n) != 0 ||
		    s->text[from + 1 + n] != '"')
			continue;
		*begin = b;
		*end = e;
		found = true;
	}
	return found;
}
