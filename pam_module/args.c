/* The arguments of a line in pam.d. */
#include "config.h"

#include <string.h>

#include "pam_module/args.h"

#define HELPER PKGLIBEXECDIR "/latchkey-helper"

/* The path behind "key=" when arg is that key; only absolute ones, since su keeps the user's cwd.
 */
static bool
path_arg(const char *arg, const char *key, const char **path)
{
	size_t len = strlen(key);

	if (strncmp(arg, key, len) != 0 || arg[len] != '/')
		return false;
	*path = arg + len;
	return true;
}

void
args_parse(struct args *a, int argc, const char **argv)
{
	*a = (struct args){ .helper = HELPER };
	for (int i = 0; i < argc; i++) {
		if (path_arg(argv[i], "helper=", &a->helper) ||
		    path_arg(argv[i], "conf=", &a->conf))
			continue;
		if (strcmp(argv[i], "debug") == 0)
			a->debug = true;
		else if (a->bad == NULL)
			a->bad = argv[i];
	}
}
