/* A golden JSON object, and the same with one thing changed. */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/golden.h"

#define GOLDEN_MAX 4096 /* of the unchanged object */

char *
golden_with(const struct golden_member *m, size_t n, const char *name, const char *raw)
{
	size_t size = GOLDEN_MAX + (raw == NULL ? 0 : strlen(raw)), at = 0;
	char *s = malloc(size);
	bool known = false;

	if (s == NULL)
		abort();
	s[at++] = '{';
	for (size_t i = 0; i < n; i++) {
		bool is = strcmp(m[i].name, name) == 0;

		known = known || is;
		if (!is || raw != NULL)
			at += (size_t)snprintf(s + at, size - at, "%s\"%s\":%s", at > 1 ? "," : "",
			    m[i].name, is ? raw : m[i].raw);
	}
	if (!known && raw != NULL)
		at += (size_t)snprintf(s + at, size - at, ",\"%s\":%s", name, raw);
	s[at++] = '}';
	s[at] = '\0';
	return s;
}
