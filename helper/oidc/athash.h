/* The hashes that bind an access token, and a code, to an ID token. OpenID Connect Core 3.1.3.6
 * and 3.3.2.11. Pure. */
#ifndef HELPER_OIDC_ATHASH_H
#define HELPER_OIDC_ATHASH_H

#include <stdbool.h>

/*
 * Whether at_hash (c_hash) is the left half of a hash of the token (the code). Which hash is told
 * by the claim's length (16, 24, 32 octets: SHA-256, -384, -512), not by the signature's algorithm:
 * Authelia uses SHA-256 with every algorithm.
 */
bool athash_matches(const char *at_hash, const char *access_token);

#endif
