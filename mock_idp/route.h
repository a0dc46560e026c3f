/* One request to its endpoint, judged, answered, and written down. */
#ifndef MOCK_IDP_ROUTE_H
#define MOCK_IDP_ROUTE_H

#include "mock_idp/world.h"

/* Fills x->rep and records x in the journal. */
void route(struct world *w, struct exchange *x);

/* The same for bytes that were no request: status as given, and the connection closes. */
void route_bad(struct world *w, struct exchange *x, int status);

#endif
