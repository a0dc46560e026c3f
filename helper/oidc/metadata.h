/* The discovery document. OpenID Connect Discovery 1.0 sections 3 and 4, RFC 8414. Pure. */
#ifndef HELPER_OIDC_METADATA_H
#define HELPER_OIDC_METADATA_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "common/strlist.h"

#define METADATA_MAX (256 * 1024) /* bytes of a document */

/* What a login needs of a provider; of the other flow nothing is judged (C-008). */
enum metadata_flow { METADATA_DEVICE, METADATA_LOOPBACK };

struct metadata {
	char *issuer;
	char *jwks_uri;
	char *token_endpoint;
	char *userinfo_endpoint;             /* NULL when not offered */
	char *device_authorization_endpoint; /* METADATA_DEVICE; NULL when not offered */
	char *authorization_endpoint;        /* METADATA_LOOPBACK, as the next; never NULL */
	char *par_endpoint;          /* pushed_authorization_request_endpoint; may be NULL */
	bool par_required;           /* require_pushed_authorization_requests */
	bool iss_always;             /* authorization_response_iss_parameter_supported */
	char *revocation_endpoint;   /* NULL when not offered, or not fit */
	struct strlist auth_methods; /* token_endpoint_auth_methods_supported; empty when absent */
};

/* issuer without one terminating '/' + "/.well-known/openid-configuration" (C-001); fresh memory,
 * NULL: no memory. */
char *metadata_url(const char *issuer);

/*
 * Parses the body of a 200 answer. The issuer must be byte-identical (C-004, disc.iss); endpoints
 * absolute https on the issuer's origin or one of extra_origins (C-006, C-007); empty or null
 * optional members count as absent (C-009); a grant_types_supported without the flow's grant
 * refuses (C-014), as do, for the loopback flow, code_challenge_methods_supported without S256
 * (C-011), an iss parameter that is no boolean (C-012), and PAR without an endpoint for it (C-016).
 * Classes E_PROTO; free with metadata_free.
 */
enum errcode metadata_parse(struct metadata **out, const void *body, size_t len, const char *issuer,
    const struct strlist *extra_origins, enum metadata_flow flow, struct err *e)
    __attribute__((warn_unused_result));
void metadata_free(struct metadata *m);

#endif
