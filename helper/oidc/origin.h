/* Whether a URL from the provider leads where the operator agreed to go. RFC 9700 section 4.4;
 * C-007, C-139. Pure. */
#ifndef HELPER_OIDC_ORIGIN_H
#define HELPER_OIDC_ORIGIN_H

#include <stdbool.h>

#include "common/strlist.h"
#include "common/url.h"

/* On the issuer's origin, or exactly on one of extra (https://host[:port], may be NULL); never by
 * suffix. */
bool origin_allowed(const struct url *u, const struct url *issuer, const struct strlist *extra);

#endif
