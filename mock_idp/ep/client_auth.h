/* Client authentication, strictly: exactly the registered method. RFC 6749 section 2.3. */
#ifndef MOCK_IDP_EP_CLIENT_AUTH_H
#define MOCK_IDP_EP_CLIENT_AUTH_H

#include "mock_idp/world.h"

/* The client that the request authenticates; NULL when it does none, with the violation noted. */
const struct client *client_auth(struct world *w, struct exchange *x);

#endif
