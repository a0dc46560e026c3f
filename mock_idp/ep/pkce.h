/* Proof key for code exchange: S256 alone. RFC 7636. */
#ifndef MOCK_IDP_EP_PKCE_H
#define MOCK_IDP_EP_PKCE_H

#include <stdbool.h>

/* Has it the form of an S256 challenge? */
bool pkce_challenge_ok(const char *challenge);

/* Does the verifier belong to it? Either may be NULL: both are missing, or none is. */
bool pkce_fits(const char *challenge, const char *verifier);

#endif
