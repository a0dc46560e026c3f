/* An owned list of strings, with a maximum. */
#ifndef COMMON_STRLIST_H
#define COMMON_STRLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"

struct strlist {
	char **v; /* n strings, owned */
	size_t n;
};

/* Appends a copy of the first len bytes of s; E_LIMIT when max strings are there already. */
enum errcode strlist_add(struct strlist *l, const char *s, size_t len, size_t max)
    __attribute__((warn_unused_result));

/* Position of s, compared whole, or -1. */
long strlist_find(const struct strlist *l, const char *s);
bool strlist_has(const struct strlist *l, const char *s);

/* Frees the strings and leaves an empty list. */
void strlist_clear(struct strlist *l);

#endif
