/* The UserInfo response. OpenID Connect Core 5.3; C-091 to C-098. Pure. */
#ifndef HELPER_OIDC_USERINFO_H
#define HELPER_OIDC_USERINFO_H

#include <stddef.h>

#include "common/err.h"
#include "helper/oidc/claims.h"

#define USERINFO_MAX (256 * 1024) /* bytes */

/*
 * A 200 application/json answer whose sub is byte-identical to the ID token's (C-092), before any
 * claim of it is used. 401 and 403 are E_DENY ui.401 (C-094); anything else E_PROTO ui.*, a wrong
 * sub E_CLM ui.sub. claims_free.
 */
enum errcode userinfo_parse(struct claims **out, long status, const char *content_type,
    const void *body, size_t len, const char *sub, struct err *e)
    __attribute__((warn_unused_result));

#endif
