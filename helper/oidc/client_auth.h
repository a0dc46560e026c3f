/* How this client proves itself to the device authorization and token endpoints. RFC 6749
 * section 2.3. Pure. */
#ifndef HELPER_OIDC_CLIENT_AUTH_H
#define HELPER_OIDC_CLIENT_AUTH_H

#include "common/buf.h"
#include "common/err.h"

enum client_auth_method { CLIENT_AUTH_NONE, CLIENT_AUTH_BASIC, CLIENT_AUTH_POST };

/*
 * Appends client_id (always: Authelia reads it only there) and, with POST, client_secret to the
 * form body; fills *header with "Authorization: Basic ..." (both halves form-encoded first, C-047;
 * a secret, secmem_freestr) with BASIC, else NULL.
 */
enum errcode client_auth_apply(struct buf *body, char **header, enum client_auth_method method,
    const char *client_id, const char *secret) __attribute__((warn_unused_result));

#endif
