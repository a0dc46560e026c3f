/* What of a process its caller could miss: signals, descriptors, ids, umask, cwd, locale, limits,
 * environment. A line each. */
#ifndef TESTS_SUPPORT_PICTURE_H
#define TESTS_SUPPORT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#define PICTURE_MAX 32768
#define PICTURE_LIMITS 8

struct picture {
	char text[PICTURE_MAX];
	size_t len;
};

struct picture_limit {
	const char *name;
	int what; /* RLIMIT_... */
};
extern const struct picture_limit picture_limits[PICTURE_LIMITS];

/* False when it does not fit. */
bool picture_take(struct picture *p);
bool picture_add(struct picture *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The next line from *at that the other picture lacks; NULL at the end. */
const char *picture_differs(const char **at, size_t *len, const struct picture *other);

#endif
