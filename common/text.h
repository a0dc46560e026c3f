/* Foreign text made safe for a terminal and for one log line. */
#ifndef COMMON_TEXT_H
#define COMMON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* True when each byte is 0x21..0x7e, or a blank too if blanks; an empty text is true. */
bool text_is_ascii(const char *s, size_t len, bool blanks);

/* Well-formed UTF-8 (RFC 3629: no overlong forms, surrogates, or code points past U+10FFFF), no
 * NUL. */
bool text_is_utf8(const char *s, size_t len);

/*
 * Copies src to dst (size bytes, always terminated): printable ASCII as it is, everything else and
 * the backslash as \xNN; cut with "..." where it does not fit. Returns dst.
 */
char *text_escape(char *dst, size_t size, const char *src, size_t len);

#endif
