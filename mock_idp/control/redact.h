/* Requests as they may be shown to anybody: a journal can be pasted into a bug report. */
#ifndef MOCK_IDP_CONTROL_REDACT_H
#define MOCK_IDP_CONTROL_REDACT_H

#include <jansson.h>

#include "mock_idp/pairs.h"

/*
 * Each gives a new reference, NULL when out of memory. Values of secrets, codes, tokens and
 * assertions are "present". Long values are cut, bytes that are no text are escaped.
 */
json_t *redact_text(const char *value);

/* An object with the first value of each name: as endpoints see it; a second one is a violation. */
json_t *redact_params(const struct pairs *p);

/* Idem. Headers that nobody here knows are present, too: who knows what they hold. */
json_t *redact_headers(const struct pairs *p);

/* "/path?name=value&...", spelled as it came. */
json_t *redact_target(const char *target);

#endif
