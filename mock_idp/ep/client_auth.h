/* Client authentication, as strictly as the provider takes it. RFC 6749 section 2.3. */
#ifndef MOCK_IDP_EP_CLIENT_AUTH_H
#define MOCK_IDP_EP_CLIENT_AUTH_H

#include "mock_idp/ep/oauth.h"
#include "mock_idp/profile/profile.h"
#include "mock_idp/world.h"

/*
 * The client that the request authenticates; NULL when it does none, with the violation noted and
 * *error, which is what the token endpoint answers then. PROOF_NONE: whoever proves nothing is NULL
 * too; it is the caller who does not mind.
 */
const struct client *client_auth_as(
    struct world *w, struct exchange *x, enum profile_proof how, enum oauth_error *error);

/* The same as the provider wants it where the device grant has no say. */
const struct client *client_auth(struct world *w, struct exchange *x, enum oauth_error *error);

#endif
