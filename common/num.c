/* Strict numbers in text. */
#include "config.h"

#include <stddef.h>
#include <string.h>

#include "common/num.h"

static bool
parse_digits(const char *s, size_t len, uint64_t min, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;

	if (len == 0 || (len > 1 && s[0] == '0'))
		return false;
	for (size_t i = 0; i < len; i++) {
		uint64_t d = (uint64_t)(unsigned char)s[i] - '0';

		if (s[i] < '0' || s[i] > '9' || v > (UINT64_MAX - d) / 10)
			return false;
		v = v * 10 + d;
	}
	if (v < min || v > max)
		return false;
	*out = v;
	return true;
}

bool
num_parse(const char *s, uint64_t min, uint64_t max, uint64_t *out)
{
	return parse_digits(s, strlen(s), min, max, out);
}

bool
num_parse_seconds(const char *s, uint64_t min, uint64_t max, uint64_t *out)
{
	static const char unit[] = "smhd";
	static const uint64_t scale[] = { 1, 60, 3600, 86400 };
	size_t len = strlen(s);
	const char *u = len > 0 ? strchr(unit, s[len - 1]) : NULL;
	uint64_t k = u != NULL ? scale[u - unit] : 1, v;

	if (!parse_digits(s, u != NULL ? len - 1 : len, 0, UINT64_MAX / k, &v))
		return false;
	if (v * k < min || v * k > max)
		return false;
	*out = v * k;
	return true;
}
