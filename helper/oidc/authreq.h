/*
 * The authorization request of the loopback flow: code with PKCE, state and nonce, always. OpenID
 * Connect Core 3.1.2.1, RFC 6749 section 4.1.1, RFC 7636 section 4.3, RFC 9126 section 4. Pure.
 */
#ifndef HELPER_OIDC_AUTHREQ_H
#define HELPER_OIDC_AUTHREQ_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"

#define AUTHREQ_URL_MAX 4096  /* people copy it from a terminal */
#define AUTHREQ_STATE_SIZE 44 /* 32 octets in base64url, and a NUL */

/* What is asked; all borrowed, "" and 0 are left out. */
struct authreq {
	const char *redirect_uri;
	const char *scopes; /* separated by one blank */
	const char *state, *nonce;
	const char *challenge;  /* S256 */
	const char *acr_values; /* optional, as the rest */
	const char *login_hint;
	uint32_t max_age; /* seconds */
};

/* A fresh state of 256 random bits (C-025: unrelated to nonce and verifier); false without random
 * bytes. */
bool authreq_state(char state[AUTHREQ_STATE_SIZE]);

/*
 * Appends the parameters, form-encoded, so that no value adds one (C-173). Without client_id, which
 * is the caller's: in a pushed request the client's proof brings it. E_LIMIT, E_NOMEM.
 */
enum errcode authreq_put(struct buf *params, const struct authreq *a)
    __attribute__((warn_unused_result));

/* Appends the endpoint, whose own query is kept (RFC 6749 section 3.1), and these parameters. */
enum errcode authreq_url(struct buf *url, const char *endpoint, const struct buf *params)
    __attribute__((warn_unused_result));

#endif
