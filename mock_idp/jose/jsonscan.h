/* Where things stand in the text of a JSON object, for those who change the text and not the value.
 * Forgiving: what no parser would take is skipped as well as it goes. */
#ifndef MOCK_IDP_JOSE_JSONSCAN_H
#define MOCK_IDP_JOSE_JSONSCAN_H

#include <stdbool.h>
#include <stddef.h>

struct jsonscan {
	const char *text;
	size_t len;
	size_t open, close; /* where its braces are */
	bool empty;         /* nothing but blanks between them */
};

/* False: no object, but for blanks around it. A byte order mark counts as no object. */
bool jsonscan_open(struct jsonscan *s, const char *text, size_t len);

/* Where the value of the last member of that name begins and ends; false: there is none. The name
 * is compared as it is written. */
bool jsonscan_member(const struct jsonscan *s, const char *name, size_t *begin, size_t *end);

/* The end of the string whose opening quote is at `at`: behind its closing quote, or len. */
size_t jsonscan_string(const char *text, size_t len, size_t at);

#endif
