/* The rate limiter, for one request. */
#ifndef MOCK_IDP_THROTTLE_H
#define MOCK_IDP_THROTTLE_H

#include "mock_idp/world.h"

/* Charges the request to its endpoint (x->ep) and address, if it is one of those that Authelia
 * counts. True: it is one too many, and answered as Authelia answers it, 429 with Retry-After. */
bool throttle(struct world *w, struct exchange *x);

/* Once it is answered: a good answer costs nothing. */
void throttle_settle(struct world *w, const struct exchange *x);

#endif
