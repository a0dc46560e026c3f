/* JSON written with single quotes, and what is said about it. */
#ifndef TESTS_UNIT_MOCK_IDP_SCRIPT_QUOTED_H
#define TESTS_UNIT_MOCK_IDP_SCRIPT_QUOTED_H

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "common/err.h"
#include "tests/support/unit.h"

/* The text with '"' for each '\''. */
static inline const char *
quoted_text(const char *s, char *out, size_t size)
{
	(void)snprintf(out, size, "%s", s);
	for (char *c = out; *c != '\0'; c++)
		if (*c == '\'')
			*c = '"';
	return out;
}

/* A new reference. */
static inline json_t *
quoted(const char *s)
{
	char text[4096];
	json_t *v =
	    json_loads(quoted_text(s, text, sizeof(text)), JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

	assert_non_null(v);
	return v;
}

/* Is v what the text says? */
static inline void
assert_json(json_t *v, const char *text)
{
	json_t *wanted = quoted(text);

	if (json_equal(v, wanted) == 0) {
		char *shown = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);

		print_error("got %s, wanted %s\n", shown, text);
		free(shown);
	}
	assert_true(json_equal(v, wanted));
	json_decref(wanted);
}

static inline void
assert_says(const struct err *e, const char *part)
{
	if (strstr(e->text, part) == NULL)
		print_error("\"%s\" does not say \"%s\"\n", e->text, part);
	assert_non_null(strstr(e->text, part));
}

#endif
