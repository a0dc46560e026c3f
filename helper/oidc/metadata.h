/* The discovery document. OpenID Connect Discovery 1.0 sections 3 and 4, RFC 8414. Pure. */
#ifndef HELPER_OIDC_METADATA_H
#define HELPER_OIDC_METADATA_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "common/strlist.h"

#define METADATA_MAX (256 * 1024) /* bytes of a document */

struct metadata {
	char *issuer;
	char *jwks_uri;
	char *token_endpoint;
	char *device_authorization_endpoint; /* NULL when not offered */
	char *userinfo_endpoint;             /* NULL when not offered */
	struct strlist auth_methods; /* token_endpoint_auth_methods_supported; empty when absent */
	bool has_grant_types, grants_device;
};

/* issuer without one terminating '/' + "/.well-known/openid-configuration" (C-001); fresh memory,
 * NULL: no memory. */
char *metadata_url(const char *issuer);

/*
 * Parses the body of a 200 answer. The issuer must be byte-identical (C-004, disc.iss); endpoints
 * absolute https on the issuer's origin or one of extra_origins (C-006, C-007); empty or null
 * optional members count as absent (C-009); a grant_types_supported without the device grant
 * refuses (C-014). Classes E_PROTO; free with metadata_free.
 */
enum errcode metadata_parse(struct metadata **out, const void *body, size_t len, const char *issuer,
    const struct strlist *extra_origins, struct err *e) __attribute__((warn_unused_result));
void metadata_free(struct metadata *m);

#endif
