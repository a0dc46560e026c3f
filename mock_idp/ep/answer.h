/* An outcome, as the provider tells it. */
#ifndef MOCK_IDP_EP_ANSWER_H
#define MOCK_IDP_EP_ANSWER_H

#include "mock_idp/ep/oauth.h"
#include "mock_idp/profile/profile.h"
#include "mock_idp/world.h"

/* hint (NULL: none) stands behind the sentence that goes with the error. */
void answer_fail(
    const struct world *w, struct exchange *x, enum profile_outcome o, const char *hint);

/* What client_auth found: invalid_client in the provider's words. */
void answer_fail_client(const struct world *w, struct exchange *x, enum oauth_error error);

/* The same as the first with WWW-Authenticate. RFC 6750 section 3. */
void answer_fail_bearer(const struct world *w, struct exchange *x, enum profile_outcome o);

#endif
