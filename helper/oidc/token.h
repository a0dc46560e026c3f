/* Answers of the token endpoint. RFC 6749 section 5, RFC 8628 section 3.5, OpenID Connect
 * Core 3.1.3.3. Pure. */
#ifndef HELPER_OIDC_TOKEN_H
#define HELPER_OIDC_TOKEN_H

#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

#define TOKEN_MAX (64 * 1024) /* bytes of an answer */
#define TOKEN_ACCESS_MAX (16 * 1024)
#define TOKEN_ID_MAX (16 * 1024)

/* Decided by the `error` member where there is one, not by the status (design section 8). */
enum token_outcome {
	TOKEN_SUCCESS,
	TOKEN_PENDING, /* authorization_pending */
	TOKEN_SLOW_DOWN,
	TOKEN_RETRY,        /* 429, 5xx or no JSON: ask again later */
	TOKEN_SERVER_ERROR, /* error=server_error: one retry, then a denial */
	TOKEN_REFUSED,      /* *e says why: E_DENY, E_EXP, E_CFG, E_PROTO */
};

struct token {
	char *access_token; /* secrets, RFC 6750 b64token alphabet */
	char *id_token;
};

/*
 * Reads an answer. TOKEN_SUCCESS fills *out (token_free wipes). 200 with an `error` member is no
 * success (C-061), nor is a token_type other than bearer in any case (C-056). access_denied E_DENY
 * dev.denied; expired_token E_EXP dev.expired; 401, invalid_client, unauthorized_client E_CFG
 * tok.client; any other error E_DENY tok.err.other.
 */
enum token_outcome token_parse(
    struct token **out, long status, const void *body, size_t len, struct err *e);
void token_free(struct token *t);

#endif
