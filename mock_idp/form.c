/* application/x-www-form-urlencoded text, read. RFC 6749 appendix B. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/form.h"

static int
hex_value(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)((at - digits) & 15);
}

/* The byte of "%XX" at s, 0 when it is none: a NUL byte is refused anyway. */
static char
hex_byte(const char *s, size_t left)
{
	int hi, lo;

	if (left < 3 || (hi = hex_value(s[1])) < 0 || (lo = hex_value(s[2])) < 0)
		return '\0';
	return (char)(hi * 16 + lo);
}

char *
form_decode(const char *s, size_t len)
{
	char *out = malloc(len + 1), *at = out;

	if (out == NULL)
		return NULL;
	for (size_t i = 0; i < len; i++, at++) {
		*at = s[i] == '+' ? ' ' : s[i];
		if (s[i] == '%') {
			*at = hex_byte(s + i, len - i);
			i += 2;
		}
		if (*at == '\0') {
			secmem_free(out, len + 1);
			return NULL;
		}
	}
	*at = '\0';
	return out;
}

static enum errcode
parse_piece(struct pairs *out, const char *s, size_t len)
{
	const char *eq = memchr(s, '=', len);
	size_t nlen = eq == NULL ? len : (size_t)(eq - s), vlen = eq == NULL ? 0 : len - nlen - 1;
	char *name = form_decode(s, nlen), *value = form_decode(eq == NULL ? s : eq + 1, vlen);

	if (name == NULL || value == NULL) {
		secmem_freestr(name);
		secmem_freestr(value);
		return E_FORMAT;
	}
	return pairs_take(out, name, value);
}

enum errcode
form_parse(struct pairs *out, const char *s, size_t len)
{
	enum errcode r = E_OK;

	while (len > 0 && r == E_OK) {
		const char *amp = memchr(s, '&', len);
		size_t n = amp == NULL ? len : (size_t)(amp - s);

		if (n > 0)
			r = parse_piece(out, s, n);
		n += amp != NULL;
		s += n;
		len -= n;
	}
	return r;
}
