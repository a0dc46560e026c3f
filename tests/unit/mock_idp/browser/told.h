/* What was told, line by line. */
#ifndef TESTS_UNIT_MOCK_IDP_BROWSER_TOLD_H
#define TESTS_UNIT_MOCK_IDP_BROWSER_TOLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/unit.h"

struct told {
	FILE *out;
	char *text;
	size_t len;
};

static inline FILE *
told_open(struct told *t)
{
	t->text = NULL;
	assert_non_null(t->out = open_memstream(&t->text, &t->len));
	return t->out;
}

/* How often the lines so far hold that text. */
static inline size_t
told_count(struct told *t, const char *text)
{
	size_t n = 0;

	assert_int_equal(fflush(t->out), 0);
	for (const char *at = t->text; (at = strstr(at, text)) != NULL; at++)
		n++;
	return n;
}

static inline void
told_close(struct told *t)
{
	assert_int_equal(fclose(t->out), 0);
	free(t->text);
}

#endif
