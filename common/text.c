/* Foreign text made safe for a terminal and for one log line. */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "common/text.h"

bool
text_is_ascii(const char *s, size_t len, bool blanks)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] < (blanks ? 0x20 : 0x21) || s[i] > 0x7e)
			return false;
	return true;
}

/* Length of the well-formed sequence at s, 0 if there is none. RFC 3629 section 4. */
static size_t
utf8_len(const unsigned char *s, size_t left)
{
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

	if (n == 0 || n > left || s[0] > 0xf4 || s[0] == 0)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return n;
}

bool
text_is_utf8(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t n;

	for (size_t i = 0; i < len; i += n)
		if ((n = utf8_len(p + i, len - i)) == 0)
			return false;
	return true;
}

char *
text_escape(char *dst, size_t size, const char *src, size_t len)
{
	size_t at = 0;

	if (size == 0)
		return dst;
	for (size_t i = 0; i < len; i++) {
		bool plain = src[i] >= 0x20 && src[i] <= 0x7e && src[i] != '\\';

		/* room for this byte, and for the mark of a cut unless it is the last */
		if (at + (plain ? 1 : 4) + (i + 1 < len ? 3 : 0) >= size) {
			if (size >= 4) {
				memcpy(dst + (at < size - 3 ? at : size - 4), "...", 4);
				return dst;
			}
			break;
		}
		if (plain)
			dst[at++] = src[i];
		else
			at += (size_t)snprintf(dst + at, 5, "\\x%02x", (unsigned char)src[i]);
	}
	dst[at] = '\0';
	return dst;
}
