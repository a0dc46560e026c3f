/* A compact JWS that a client sent, taken apart. RFC 7515 section 7.1, RFC 7519. */
#ifndef MOCK_IDP_JOSE_COMPACT_H
#define MOCK_IDP_JOSE_COMPACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#define COMPACT_MAX ((size_t)16 * 1024) /* characters of the whole */
#define COMPACT_SIG_MAX 1024            /* octets of the signature */

struct compact {
	json_t *header, *claims; /* objects */
	const char *text;        /* borrowed from compact_read's caller */
	size_t covered;          /* how much of it the signature covers */
	uint8_t sig[COMPACT_SIG_MAX];
	size_t siglen;
};

/*
 * Exactly three segments of strict base64url, the first two of them JSON objects in which no name
 * stands twice. False: it is none; c is empty then. Nothing is verified here.
 */
bool compact_read(struct compact *c, const char *text);
void compact_clear(struct compact *c);

/* A string member of the header or the claims, NULL when it is absent or no string. */
const char *compact_string(const json_t *object, const char *name);

#endif
