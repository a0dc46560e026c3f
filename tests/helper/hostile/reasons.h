/* doc/reasons.md, as far as it says of which class a reason is. */
#ifndef TESTS_HELPER_HOSTILE_REASONS_H
#define TESTS_HELPER_HOSTILE_REASONS_H

#include <stdbool.h>

struct reasons;

/* NULL: it cannot be read, or has no table. reasons_free. */
struct reasons *reasons_read(const char *path);
void reasons_free(struct reasons *r);

/* class as scenarios write it: "CLM" for clm. */
bool reasons_is_of(const struct reasons *r, const char *reason, const char *class_name);

#endif
