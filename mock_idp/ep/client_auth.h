/* Client authentication, strictly: exactly the registered method. RFC 6749 section 2.3. */
#ifndef MOCK_IDP_EP_CLIENT_AUTH_H
#define MOCK_IDP_EP_CLIENT_AUTH_H

#include "mock_idp/ep/oauth.h"
#include "mock_idp/world.h"

/*
 * The client that the request authenticates; NULL when it does none, with the violation noted and
 * *error, which is what the token endpoint answers then.
 */
const struct client *client_auth(struct world *w, struct exchange *x, enum oauth_error *error);

#endif
