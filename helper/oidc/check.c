/* The switches of a test build. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/oidc/check.h"

bool
check_on(const char *ids, const char *file, int line)
{
	const char *off = getenv("LATCHKEY_CHECK_OFF");
	char place[256];
	size_t len;

	if (off == NULL || *off == '\0')
		return true;
	(void)snprintf(place, sizeof(place), "%s:%d", file, line);
	len = strlen(place);
	return strstr(ids, off) == NULL &&
	    (len < strlen(off) || strcmp(place + len - strlen(off), off) != 0);
}
