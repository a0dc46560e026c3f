/* What answers where nobody may ever go: everything, harmlessly, and it is written down. */
#ifndef MOCK_IDP_WIRE_EVIL_H
#define MOCK_IDP_WIRE_EVIL_H

#include "mock_idp/world.h"

/* Records the request, however broken, and answers 200; the connection closes. */
void evil_answer(struct world *w, struct exchange *x, int bad);

/* Records that somebody came, or what somebody said that was no request. */
void evil_contact(struct world *w, struct exchange *x);

#endif
