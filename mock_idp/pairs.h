/* Names with values, in the order they came: headers, form parameters. */
#ifndef MOCK_IDP_PAIRS_H
#define MOCK_IDP_PAIRS_H

#include <stddef.h>

#include "common/err.h"

#define PAIRS_MAX 64

struct pair {
	char *name;
	char *value;
};

struct pairs {
	struct pair v[PAIRS_MAX];
	size_t n;
};

/* Appends copies; E_LIMIT when the list is full. */
enum errcode pairs_add(struct pairs *p, const char *name, const char *value)
    __attribute__((warn_unused_result));

/* The same, taking both strings over, also when it fails. */
enum errcode pairs_take(struct pairs *p, char *name, char *value)
    __attribute__((warn_unused_result));

/* The first value of that name, NULL when there is none. */
const char *pairs_get(const struct pairs *p, const char *name);
size_t pairs_count(const struct pairs *p, const char *name);

/* Wipes and frees everything. */
void pairs_clear(struct pairs *p);

#endif
