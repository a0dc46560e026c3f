/* The JWT by which a client says who it is. RFC 7521 section 4.2, RFC 7523 section 3, OpenID
 * Connect Core section 9. */
#ifndef MOCK_IDP_EP_ASSERTION_H
#define MOCK_IDP_EP_ASSERTION_H

#include "mock_idp/world.h"

#define ASSERTION_TYPE "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#define ASSERTION_LIFE 3600 /* seconds; one that lives longer is taken, and noted */

/*
 * type and text are the two parameters, either may be NULL. The reason why they prove nothing, for
 * the journal, in static text; NULL: *out is the client that they prove, and the same text proves
 * nothing from now on. *far: it would have been good for longer than anybody needs.
 */
const char *assertion_judge(
    struct world *w, const char *type, const char *text, const struct client **out, bool *far);

#endif
