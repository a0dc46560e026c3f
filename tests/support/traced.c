/* In the helper's place: the helper under strace, in this same process. Not a script, for a shell
 * gives up a setuid host's root. What the helper calls is in /tmp/helper.strace, up to where it
 * starts the worker, which refuses to be traced. */
#include "config.h"

#include <stdio.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	static const char *const strace[] = { "strace", "-D", "-f", "-b", "execve", "-e",
		"trace=%file,connect", "-o", "/tmp/helper.strace",
		PKGLIBEXECDIR "/latchkey-helper" };
	const char *args[32];
	size_t n = sizeof(strace) / sizeof(strace[0]);

	for (size_t i = 0; i < n; i++)
		args[i] = strace[i];
	for (int i = 1; i < argc && n < 31; i++)
		args[n++] = argv[i];
	args[n] = NULL;
	if (setresgid(0, 0, 0) != 0 || setresuid(0, 0, 0) != 0)
		return 1;
	(void)execv("/usr/bin/strace", (char **)(void *)args);
	perror("traced");
	return 1;
}
