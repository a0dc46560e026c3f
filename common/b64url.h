/* Strict base64url without padding: one byte string has one spelling. RFC 7515 section 2, RFC 4648
 * section 3.5. */
#ifndef COMMON_B64URL_H
#define COMMON_B64URL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sizes, without a NUL. */
#define B64URL_ENCODED(n) (((n)*4 + 2) / 3)
#define B64URL_DECODED(n) ((n)*3 / 4)

/* Writes B64URL_ENCODED(len) characters and a NUL. */
void b64url_encode(char *dst, const uint8_t *src, size_t len);

/*
 * Decodes len characters into dst, which holds size bytes; *outlen is set on success. Refuses
 * padding, blanks, '+',
 * '/', a length of 1 modulo 4, and unused bits that are not zero (token malleability, C-102).
 */
bool b64url_decode(uint8_t *dst, size_t size, size_t *outlen, const char *src, size_t len);

#endif
