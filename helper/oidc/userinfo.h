/* The UserInfo response. OpenID Connect Core 5.3; C-091 to C-098. Pure. */
#ifndef HELPER_OIDC_USERINFO_H
#define HELPER_OIDC_USERINFO_H

#include <stddef.h>

#include "common/err.h"
#include "common/strlist.h"
#include "helper/oidc/claims.h"
#include "helper/oidc/jwks.h"

#define USERINFO_MAX (256 * 1024) /* bytes */

/* What the answer is judged against; all borrowed. */
struct userinfo_expect {
	const char *sub; /* the ID token's */
	const char *issuer, *client_id;
	const struct jwks *keys; /* the provider's, for a signed answer */
	const struct strlist *algorithms;
};

/*
 * A 200 whose sub is byte-identical to the ID token's (C-092), before any claim of it is used:
 * application/json, or a signed application/jwt under the keys and algorithms of ID tokens, whose
 * iss and aud, where it has them, are this provider and this client (Core 5.3.2; Authelia sends
 * neither). 401 and 403 are E_DENY ui.401 (C-094); anything else E_PROTO ui.*, a wrong sub, iss or
 * aud E_CLM ui.sub, ui.iss, ui.aud, a signature E_TOK or E_KEYS. claims_free.
 */
enum errcode userinfo_parse(struct claims **out, long status, const char *content_type,
    const void *body, size_t len, const struct userinfo_expect *x, struct err *e)
    __attribute__((warn_unused_result));

#endif
