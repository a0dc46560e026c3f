/* What came, as JSON, with nothing hidden. */
#ifndef MOCK_IDP_CONTROL_RAW_H
#define MOCK_IDP_CONTROL_RAW_H

#include <jansson.h>

#include "mock_idp/pairs.h"

/*
 * Any bytes as a string that nobody can mistake: a backslash is \x5c, a byte that belongs to no
 * UTF-8 character, or is NUL, \xNN. All give a new reference, NULL when out of memory.
 */
json_t *raw_text(const char *s, size_t len);

/* [[name, value], ...] of a request's head, in the order they came; null for a line without colon.
 */
json_t *raw_headers(const char *head, size_t len);

/* Idem of parameters, decoded. */
json_t *raw_pairs(const struct pairs *p);

#endif
