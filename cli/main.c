/* latchkey: what an administrator asks of Latchkey, one subcommand a file. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const struct {
	const char *name, *what;
	int (*run)(int argc, char *argv[]);
} commands[] = {
	{ "check", "every mistake of the configuration at once", check_main },
	{ "accounts", "list whose accounts are whose", accounts_main },
	{ "explain", "say what a login would come to, and why", explain_main },
	{ "forget", "take an account's owner off the record", forget_main },
	{ "login", "sign in as a host would, and see each step", login_main },
	{ "pin", "approve an account, or bind it to a person", pin_main },
	{ "verify", "judge a signed token as a login would", verify_main },
	{ "verify-raw", "judge a bare signature", verify_raw_main },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void
print_usage(FILE *f)
{
	(void)fputs("usage: latchkey COMMAND [OPTION ...]\n\n", f);
	for (size_t i = 0; i < COMMANDS; i++)
		(void)fprintf(f, "  %-12s %s\n", commands[i].name, commands[i].what);
	(void)fputs("\nlatchkey(8) has the options.\n", f);
}

int
main(int argc, char *argv[])
{
	const char *name = argc < 2 ? "" : argv[1];

	if (strcmp(name, "--help") == 0 || strcmp(name, "--version") == 0) {
		if (name[2] == 'h')
			print_usage(stdout);
		else
			(void)puts("latchkey " PACKAGE_VERSION);
		return CLI_OK;
	}
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	if (*name != '\0')
		(void)fprintf(stderr, "latchkey: %s is no command\n", name);
	print_usage(stderr);
	return CLI_USAGE;
}
