/* The hash that binds an access token to an ID token. OpenID Connect Core 3.1.3.8. Pure. */
#ifndef HELPER_OIDC_ATHASH_H
#define HELPER_OIDC_ATHASH_H

#include <stdbool.h>

/*
 * Whether at_hash is the left half of a hash of the token. Which hash is told by the claim's length
 * (16, 24, 32 octets: SHA-256, -384, -512), not by the signature's algorithm: Authelia uses SHA-256
 * with every algorithm.
 */
bool athash_matches(const char *at_hash, const char *access_token);

#endif
