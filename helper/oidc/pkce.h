/* Proof Key for Code Exchange: a verifier and its S256 challenge. RFC 7636 sections 4.1 and 4.2. */
#ifndef HELPER_OIDC_PKCE_H
#define HELPER_OIDC_PKCE_H

#include <stdbool.h>

#define PKCE_SIZE                                                                                  \
	44 /* 32 octets in base64url, and a NUL: the verifier's least length, 256 bits             \
	    */

struct pkce {
	char verifier[PKCE_SIZE]; /* a secret until it is sent: pkce_clear */
	char challenge[PKCE_SIZE];
};

/* A fresh pair; false without random bytes. C-027, C-028. */
bool pkce_make(struct pkce *p);
void pkce_clear(struct pkce *p);

#endif
