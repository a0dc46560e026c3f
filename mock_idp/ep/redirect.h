/* Where the browser goes back to: which addresses match a registered one, and what is added. */
#ifndef MOCK_IDP_EP_REDIRECT_H
#define MOCK_IDP_EP_REDIRECT_H

#include <stdbool.h>

#include "mock_idp/pairs.h"

/*
 * The same text; or both plain http to a loopback literal (127.0.0.0/8, [::1]) of the same spelling
 * with the same path and query, at any port. RFC 8252 section 7.3.
 */
bool redirect_matches(const char *registered, const char *asked);

/* May be registered: absolute, no fragment, and plain http to this machine alone. */
bool redirect_registrable(const char *uri);

/* uri with its own parameters and those of more, sorted by name; fresh text, NULL on failure. */
char *redirect_build(const char *uri, const struct pairs *more);

#endif
