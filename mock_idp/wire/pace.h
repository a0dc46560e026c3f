/* How fast the bytes of one answer go and where they stop; no bytes here, only counting. */
#ifndef MOCK_IDP_WIRE_PACE_H
#define MOCK_IDP_WIRE_PACE_H

#include "mock_idp/wire/fault.h"

struct pace {
	size_t total; /* goes in all */
	size_t sent;
	size_t slice; /* bytes between two pauses, 0: no pauses */
	size_t left;  /* of this slice */
	int64_t gap;
	int64_t next; /* boot ms; until then nothing goes */
};

/*
 * len bytes are there; endless: and then always more. f NULL: all of them at once.
 */
void pace_start(struct pace *p, const struct fault *f, size_t len, bool endless, int64_t now);

/* How many may go now; 0: none before p->next, or pace_done. */
size_t pace_now(const struct pace *p, int64_t now);
/* n of them went. */
void pace_went(struct pace *p, size_t n, int64_t now);
bool pace_done(const struct pace *p, int64_t now);

#endif
