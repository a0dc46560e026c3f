/* JSON that must have a shape: which members an object may have, and of which types. */
#ifndef MOCK_IDP_SCRIPT_SHAPE_H
#define MOCK_IDP_SCRIPT_SHAPE_H

#include <stdbool.h>

#include <jansson.h>

#include "mock_idp/script/where.h"

#define SHAPE_OBJECT (1U << JSON_OBJECT)
#define SHAPE_ARRAY (1U << JSON_ARRAY)
#define SHAPE_TEXT (1U << JSON_STRING)
#define SHAPE_INTEGER (1U << JSON_INTEGER)
#define SHAPE_BOOL (1U << JSON_TRUE | 1U << JSON_FALSE)
#define SHAPE_NULL (1U << JSON_NULL)
#define SHAPE_ANY (~0U)

/* What else must hold of a value, or what becomes of it; arg is the caller's. */
typedef enum errcode shape_fn(void *arg, json_t *v, const struct where *at, struct err *e);

struct shape_member {
	const char *name; /* NULL ends the table */
	unsigned types;
	bool required;
	shape_fn *fn; /* NULL: the type is all */
};

/* "must be text or null, is an array" */
enum errcode shape_type(const json_t *v, unsigned types, const struct where *at, struct err *e)
    __attribute__((warn_unused_result));

/* v is an object, each of its members is in the table and as it says; an unknown one is an error
 * that lists the known ones. */
enum errcode shape_object(json_t *v, const struct shape_member *table, void *arg,
    const struct where *at, struct err *e) __attribute__((warn_unused_result));

/* v is an array of at most max elements of those types; fn (or NULL) for each. */
enum errcode shape_array(json_t *v, unsigned types, size_t max, shape_fn *fn, void *arg,
    const struct where *at, struct err *e) __attribute__((warn_unused_result));

#endif
