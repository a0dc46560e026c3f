/* What else knocks at an open port of this machine: icons, scanners, guesses. */
#ifndef MOCK_IDP_BROWSER_JUNK_H
#define MOCK_IDP_BROWSER_JUNK_H

#include <stdbool.h>
#include <stddef.h>

struct junk {
	const char *kind;
	const char *raw; /* as shape_request reads it; NULL: connects and goes */
};

/* The i-th of a mixed crowd, or of one kind alone. */
const struct junk *junk_pick(size_t i, const char *kind);

bool junk_known(const char *kind);

#endif
