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

static bool
is_plain(char c)
{
	return c >= 0x20 && c <= 0x7e && c != '\\';
}

/* Whether all of it, escaped, stays below size. */
static bool
fits_whole(const char *src, size_t len, size_t size)
{
	size_t need = 0;

	for (size_t i = 0; i < len && need < size; i++)
		need += is_plain(src[i]) ? 1 : 4;
	return need < size;
}

char *
text_escape(char *dst, size_t size, const char *src, size_t len)
{
	bool cut = !fits_whole(src, len, size), mark = cut && size >= 4;
	size_t at = 0, room = mark ? size - 4 : size - 1;

	if (size == 0)
		return dst;
	for (size_t i = 0; i < len && at + (is_plain(src[i]) ? 1 : 4) <= room; i++) {
		if (is_plain(src[i]))
			dst[at++] = src[i];
		else
			at += (size_t)snprintf(dst + at, 5, "\\x%02x", (unsigned char)src[i]);
	}
	memcpy(dst + at, "...", mark ? 4 : 0);
	dst[mark ? at + 3 : at] = '\0';
	return dst;
}
