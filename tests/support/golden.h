/* A golden JSON object, and the same with one thing changed. */
#ifndef TESTS_SUPPORT_GOLDEN_H
#define TESTS_SUPPORT_GOLDEN_H

#include <stddef.h>

struct golden_member {
	const char *name, *raw; /* raw: JSON text */
};

/* The object with the member name as raw says: changed, added, or left out (raw NULL); "" and NULL
 * change nothing. free(3). */
char *golden_with(const struct golden_member *m, size_t n, const char *name, const char *raw);

#endif
