/* What a placeholder's "!" makes of a text: ${nonce!case}, ${access_token!half256}. */
#ifndef MOCK_IDP_SCRIPT_DERIVE_H
#define MOCK_IDP_SCRIPT_DERIVE_H

#include <stdbool.h>

#include "common/buf.h"

/*
 * "case": the letters in the other case · "cut": without the last character · "sha256" and its
 * like: base64url of the hash · "half256" and its like: of its left half, as at_hash and c_hash
 * have it (OpenID Connect Core section 3.1.3.6)
 */
bool derive_is(const char *how);

/* False: the buffer is full, or there is no memory. */
bool derive_put(const char *how, const char *text, struct buf *out);

#endif
