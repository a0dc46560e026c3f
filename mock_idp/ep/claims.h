/* What the provider says about a person: in the ID token, and at UserInfo. */
#ifndef MOCK_IDP_EP_CLAIMS_H
#define MOCK_IDP_EP_CLAIMS_H

#include "mock_idp/world.h"

/* Is that one of the words of a scope value? */
bool claims_has_scope(const char *scopes, const char *word);
/* Are all the words of asked, which may be none, among them? */
bool claims_has_scopes(const char *scopes, const char *asked);

/* The ID token's payload. OpenID Connect Core section 2. */
json_t *claims_id_token(const struct world *w, const struct grant *g);

/* The UserInfo answer; of a removed user, Authelia gives what it knows about the token alone, and
 * the others nothing: NULL. */
json_t *claims_userinfo(const struct world *w, const struct grant *g);

#endif
