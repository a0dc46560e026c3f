/* The grants of the token endpoint, one file each. */
#ifndef MOCK_IDP_EP_GRANT_H
#define MOCK_IDP_EP_GRANT_H

#include "mock_idp/world.h"

/* Answers the request of a client that proved itself and may use the grant. */
typedef void grant_fn(struct world *w, struct exchange *x, const struct client *client);

grant_fn grant_device;  /* RFC 8628 sections 3.4 and 3.5 */
grant_fn grant_code;    /* RFC 6749 section 4.1.3, RFC 7636 */
grant_fn grant_refresh; /* RFC 6749 section 6 */

#endif
