/* What happened, a JSON object a line. */
#ifndef MOCK_IDP_BROWSER_TELL_H
#define MOCK_IDP_BROWSER_TELL_H

#include <stdbool.h>
#include <stdio.h>

#include <jansson.h>

#include "mock_idp/browser/answer.h"

/* Foreign bytes as a JSON string: UTF-8 as it is, anything else a character for each byte (U+0000
 * to U+00FF). NULL when out of memory. */
json_t *tell_bytes(const void *p, size_t len);

/* One word for what came instead of an answer: "refused", "closed", "timeout", ...
 * "open": nothing was asked. */
const char *tell_word(enum errcode r);

/* Writes and releases it; false when it is NULL, or cannot be written. */
bool tell_line(FILE *out, json_t *line);

/* The last line: an answer in full, and whether it is what was hoped for. */
bool tell_answer(FILE *out, bool ok, const struct answer *a);
/* Or why there is none. */
bool tell_failure(FILE *out, const struct err *e);

#endif
