/* The placeholders of scenarios, as a client knows what they stand for. */
#ifndef TESTS_SUPPORT_IDP_FILL_H
#define TESTS_SUPPORT_IDP_FILL_H

#include <jansson.h>

/*
 * A copy of v with ${NAME}, ${NAME!case}, ${NAME!cut}, ${access_token!half384} and the like,
 * ${now+N}, ${repeat:N:TEXT} filled in from known (an object of texts, "now" a number); a text that
 * is nothing but a ${now...} becomes a number. A new reference.
 */
json_t *fill(const json_t *v, const json_t *known);

#endif
