/* The built-in scenarios as they were written: mock_idp/scenarios, compiled in. */
#ifndef MOCK_IDP_SCRIPT_TEXTS_H
#define MOCK_IDP_SCRIPT_TEXTS_H

#include <stddef.h>

struct text {
	const char *name; /* of the file; NULL ends the list */
	const char *bytes;
	size_t len;
};

extern const struct text texts_builtin[];

#endif
