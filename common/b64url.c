/* Strict base64url without padding. */
#include "config.h"

#include "common/b64url.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void
b64url_encode(char *dst, const uint8_t *src, size_t len)
{
	uint32_t acc = 0;
	unsigned bits = 0;

	for (size_t i = 0; i < len; i++) {
		acc = acc << 8 | src[i];
		for (bits += 8; bits >= 6; bits -= 6)
			*dst++ = alphabet[acc >> (bits - 6) & 63];
	}
	if (bits > 0)
		*dst++ = alphabet[acc << (6 - bits) & 63];
	*dst = '\0';
}

static int
value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool
b64url_decode(uint8_t *dst, size_t size, size_t *outlen, const char *src, size_t len)
{
	uint32_t acc = 0;
	unsigned bits = 0;
	size_t at = 0;

	if (len % 4 == 1 || B64URL_DECODED(len) > size)
		return false;
	for (size_t i = 0; i < len; i++) {
		int v = value(src[i]);

		if (v < 0)
			return false;
		acc = acc << 6 | (uint32_t)v;
		if ((bits += 6) >= 8) {
			bits -= 8;
			dst[at++] = (uint8_t)(acc >> bits);
		}
	}
	if ((acc & ((1U << bits) - 1)) != 0)
		return false;
	*outlen = at;
	return true;
}
