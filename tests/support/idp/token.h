/* A token looked at leniently, as a careless client would, and its signature judged by OpenSSL. */
#ifndef TESTS_SUPPORT_IDP_TOKEN_H
#define TESTS_SUPPORT_IDP_TOKEN_H

#include <stdbool.h>

#include <jansson.h>

/*
 * "text" (bytes_text), "jose" and "claims" (absent: no JSON object), "jose_text" and "claims_text"
 * (what the segments decode to), "sig" (hexadecimal), "trailing" (array: the segments whose unused
 * bits are not zero). token is a JSON string.
 */
json_t *token_look(const json_t *token);

/*
 * Whether the signature over the bytes as they are is that of a key of the set: the one with the
 * header's kid, or any where there is none of that name. The algorithm is the header's, or that of
 * the key where OpenSSL does not know the header's; HMAC never.
 */
bool token_verifies(const json_t *token, const json_t *jwks);

#endif
