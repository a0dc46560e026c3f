/* The forms of a page, as a person would fill them in. */
#ifndef MOCK_IDP_BROWSER_PAGEFORM_H
#define MOCK_IDP_BROWSER_PAGEFORM_H

#include <stdbool.h>

#include "common/buf.h"
#include "mock_idp/pairs.h"

struct pageform {
	bool post;
	char *action;         /* as written; "" when there is none */
	struct pairs fields;  /* inputs with a name, the hidden ones too */
	struct pairs buttons; /* those with a name */
};

/* The next form from *at on, which then stands behind it; false when there is none, or no memory.
 * The caller clears f, also one of zeros. */
bool pageform_next(const char **at, struct pageform *f) __attribute__((warn_unused_result));

bool pageform_has_button(const struct pageform *f, const char *name, const char *value);

/* Types into the field of that name; false when there is none, or no memory. */
bool pageform_fill(struct pageform *f, const char *name, const char *value)
    __attribute__((warn_unused_result));

/* Appends what is sent when the button of that name and value is pressed (NULL: one without). */
enum errcode pageform_put(const struct pageform *f, const char *name, const char *value,
    struct buf *b) __attribute__((warn_unused_result));

void pageform_clear(struct pageform *f);

#endif
