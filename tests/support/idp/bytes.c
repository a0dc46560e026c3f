/* Bytes as a text that can be looked at with a regular expression. */
#include "config.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/idp/bytes.h"

static const char digits[] = "0123456789abcdef";

json_t *
bytes_text(const void *p, size_t len)
{
	const unsigned char *b = p;
	char *s = malloc(4 * len + 1), *at = s;
	json_t *v;

	if (s == NULL)
		return NULL;
	for (size_t i = 0; i < len; i++)
		if (b[i] >= 0x20 && b[i] < 0x7f) {
			*at++ = (char)b[i];
		} else {
			*at++ = '\\';
			*at++ = 'x';
			*at++ = digits[b[i] >> 4];
			*at++ = digits[b[i] & 15];
		}
	v = json_stringn(s, (size_t)(at - s));
	free(s);
	return v;
}

json_t *
bytes_hex(const void *p, size_t len)
{
	const unsigned char *b = p;
	char *s = malloc(2 * len + 1);
	json_t *v;

	if (s == NULL)
		return NULL;
	for (size_t i = 0; i < len; i++) {
		s[2 * i] = digits[b[i] >> 4];
		s[2 * i + 1] = digits[b[i] & 15];
	}
	v = json_stringn(s, 2 * len);
	free(s);
	return v;
}

bool
bytes_match(const char *ere, const char *text)
{
	regex_t re;
	char why[128];
	int rc = regcomp(&re, ere, REG_EXTENDED | REG_NOSUB);
	bool hit;

	if (rc != 0) {
		(void)regerror(rc, &re, why, sizeof(why));
		(void)printf("no regular expression: %s: %s\n", ere, why);
		return false;
	}
	hit = regexec(&re, text, 0, NULL, 0) == 0;
	regfree(&re);
	return hit;
}
