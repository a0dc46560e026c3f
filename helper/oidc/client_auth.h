/* How this client proves itself at the provider's endpoints. RFC 6749 section 2.3, RFC 7521 section
 * 4.2. Pure. */
#ifndef HELPER_OIDC_CLIENT_AUTH_H
#define HELPER_OIDC_CLIENT_AUTH_H

#include <stdbool.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/strlist.h"

enum client_auth_method {
	CLIENT_AUTH_NONE,
	CLIENT_AUTH_BASIC,
	CLIENT_AUTH_POST,
	CLIENT_AUTH_SECRET_JWT, /* HS256, keyed with the secret */
	CLIENT_AUTH_KEY_JWT,
	CLIENT_AUTH_AUTO, /* client_auth_choose makes one of the others of it */
};

/* As the metadata and the configuration write it. */
const char *client_auth_name(enum client_auth_method m);

/*
 * What is configured against token_endpoint_auth_methods_supported (empty: absent, which RFC 8414
 * section 2 reads as client_secret_basic). AUTO takes a key to private_key_jwt, a secret to the way
 * of sending it that fits the list, neither to none. A method that is not offered is E_CFG
 * disc.auth (C-013), but for none: Dex, authentik, Rauthy and Glewlwyd do not list it and serve
 * public clients all the same.
 */
enum errcode client_auth_choose(enum client_auth_method *out, enum client_auth_method wanted,
    const char *secret, bool has_key, const struct strlist *offered, struct err *e)
    __attribute__((warn_unused_result));

/* The proof itself; all borrowed. secret for BASIC and POST, assertion for the two of JWT. */
struct client_auth {
	enum client_auth_method method; /* not AUTO */
	const char *client_id, *secret, *assertion;
};

/*
 * Appends client_id (always: Authelia reads it only there) and what else belongs into the form
 * body; fills *header with "Authorization: Basic ..." (both halves form-encoded first, C-047; a
 * secret, secmem_freestr) with BASIC, else NULL. E_CFG when the proof lacks what its method needs.
 */
enum errcode client_auth_apply(struct buf *body, char **header, const struct client_auth *a)
    __attribute__((warn_unused_result));

#endif
