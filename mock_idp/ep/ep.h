/* The endpoints, one file each: they read the request and fill the reply. */
#ifndef MOCK_IDP_EP_EP_H
#define MOCK_IDP_EP_EP_H

#include "mock_idp/world.h"

typedef void ep_fn(struct world *w, struct exchange *x);

#define EP_DECISION_PATH "/consent/openid/decision"

ep_fn ep_discovery;       /* OpenID Connect Discovery */
ep_fn ep_discovery_oauth; /* RFC 8414: the same without what is OpenID's */
ep_fn ep_jwks;
ep_fn ep_devauth;
ep_fn ep_token;
ep_fn ep_userinfo;
ep_fn ep_authorization;
ep_fn ep_introspection;
ep_fn ep_par;
ep_fn ep_revocation;

/* Pages for a person, and what belongs to them. */
ep_fn ep_consent;
ep_fn ep_decision;
ep_fn ep_completion;
ep_fn ep_icon;

#endif
