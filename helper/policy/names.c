/* Which account and group names can exist at all. */
#include "config.h"

#include <string.h>

#include "helper/policy/names.h"

/* Letters by value: no locale decides who becomes an account. */
bool
names_is_account(const char *s)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyz_";
	static const char later[] = "abcdefghijklmnopqrstuvwxyz_0123456789.-";
	size_t len = strnlen(s, NAMES_ACCOUNT_MAX + 1);

	if (len == 0 || len > NAMES_ACCOUNT_MAX || strchr(first, s[0]) == NULL)
		return false;
	return strspn(s, later) == len;
}

bool
names_is_group(const char *s)
{
	return names_is_account(s);
}
