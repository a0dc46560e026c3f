/* What the control socket understands. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/control/cmd.h"
#include "mock_idp/control/expect.h"

#define TELL_AT_ONCE ((size_t)64 * 1024)
#define HELP_WIDTH 34
#define NOT_A_COMMAND "not a command; help lists them"

/* Sets up the lines that help_line makes: the commands, then the kinds of expectations. */
static cmd_fn help;

static const struct command {
	const char *name;
	size_t min, max; /* words behind the name */
	json_t *(*fn)(struct cmd *);
	const char *usage, *help;
} commands[] = {
	{ "approve", 2, 2, cmd_approve, "CODE|last USER", "that user approves the code" },
	{ "deny", 1, 1, cmd_deny, "CODE|last", "somebody denies it" },
	{ "expire", 1, 1, cmd_expire, "CODE|last", "it expires now" },
	{ "codes", 0, 0, cmd_codes, "", "the undecided ones" },
	{ "authorize", 2, 3, cmd_authorize, "URL USER [deny]", "what a browser would come to" },
	{ "auto", 1, 1, cmd_auto, "USER|off", "that user approves everything at once, or nobody" },
	{ "remove-user", 1, 1, cmd_remove_user, "USER", "the user is gone" },
	{ "rotate", 0, 0, cmd_rotate, "", "fresh signing keys" },
	{ "clock", 1, 1, cmd_clock, "+N|-N", "moves the provider's clock by N seconds" },
	{ "load", 1, 1, cmd_load, "FILE", "its script in the place of the script that is there" },
	{ "append", 1, 1, cmd_append, "FILE", "its rules behind the rules that are there" },
	{ "scenario", 1, 1, cmd_scenario, "NAME", "that scenario, as load" },
	{ "unload", 0, 0, cmd_unload, "", "no script any more" },
	{ "drop-next", 0, 1, cmd_drop_next, "[N]", "the next N requests (1) get no answer" },
	{ "wait-code", 0, 1, cmd_wait_code, "[MS]", "until there is a code to decide" },
	{ "wait-requests", 1, 3, cmd_wait_requests, "N [MS [EP]]", "until N requests have come" },
	{ "journal", 0, 1, cmd_journal, "[raw]", "what came; raw: secrets, too" },
	{ "expect", 1, CMD_WORDS_MAX - 1, cmd_expect, "KIND ...", "an error unless it came so:" },
	{ "reset", 0, 0, cmd_reset, "", "forgets all of that, and the journal" },
	{ "help", 0, 0, help, "", "this" },
	{ "quit", 0, 0, cmd_quit, "", "the end" },
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

static json_t *
help(struct cmd *cmd)
{
	cmd->wait->what = TELL_HELP;
	cmd->wait->next = cmd->wait->count = 0;
	return NULL;
}

/* "words   what it is for" */
static char *
help_words(const char *before, const char *name, const char *usage, const char *what)
{
	int pad = HELP_WIDTH - (int)(strlen(before) + strlen(name) + strlen(usage) + 1);
	char *line = NULL;

	return asprintf(&line, "%s%s %s%*s%s", before, name, usage, pad > 2 ? pad : 2, "", what) < 0
	    ? NULL
	    : line;
}

static char *
help_line(struct control_wait *wait)
{
	size_t at = (size_t)wait->next++;
	const struct expect_kind *k;

	if (at < NCOMMANDS)
		return help_words("", commands[at].name, commands[at].usage, commands[at].help);
	k = expect_kind(at - NCOMMANDS);
	return k == NULL ? NULL : help_words("expect ", k->name, k->usage, k->help);
}

/* False when there are more words than any command has. */
static bool
split(struct cmd *cmd, char *line)
{
	for (line += strspn(line, " \t\r"); *line != '\0'; line += strspn(line, " \t\r")) {
		if (cmd->n == CMD_WORDS_MAX)
			return false;
		cmd->word[cmd->n++] = line;
		line += strcspn(line, " \t\r");
		if (*line != '\0')
			*line++ = '\0';
	}
	return cmd->n > 0;
}

/* The command that the words are; NULL, and why in CONTROL_WHY_SIZE bytes: they are none. */
static const struct command *
find(const struct cmd *cmd, char *why)
{
	for (size_t i = 0; i < NCOMMANDS; i++) {
		const struct command *c = &commands[i];

		if (strcmp(c->name, cmd->word[0]) != 0)
			continue;
		if (cmd->n - 1 >= c->min && cmd->n - 1 <= c->max)
			return c;
		(void)snprintf(why, CONTROL_WHY_SIZE, "%s wants %s", c->name,
		    *c->usage == '\0' ? "no more words" : c->usage);
		return NULL;
	}
	(void)snprintf(
	    why, CONTROL_WHY_SIZE, "unknown command %.32s; help lists them", cmd->word[0]);
	return NULL;
}

const char *
control_refusal(const char *line, char why[CONTROL_WHY_SIZE])
{
	static const char *const socket_only[] = { "wait-code", "wait-requests", "expect",
		"authorize", "journal", "codes", "help", "quit", "load", "append", "scenario",
		"unload" };
	struct cmd cmd = { .n = 0 };
	char *copy = strdup(line);
	bool good = copy != NULL;

	(void)snprintf(why, CONTROL_WHY_SIZE, "%s", good ? NOT_A_COMMAND : "out of memory");
	good = good && split(&cmd, copy) && find(&cmd, why) != NULL;
	for (size_t i = 0; i < sizeof(socket_only) / sizeof(socket_only[0]) && good; i++)
		if (strcmp(socket_only[i], cmd.word[0]) == 0) {
			(void)snprintf(
			    why, CONTROL_WHY_SIZE, "%s is no command for a script", socket_only[i]);
			good = false;
		}
	free(copy);
	return good ? NULL : why;
}

json_t *
control_run(struct world *w, char *line, struct control_wait *wait, bool *quit)
{
	struct cmd cmd = { .w = w, .wait = wait, .quit = quit };
	const struct command *c;
	char why[CONTROL_WHY_SIZE];

	if (!split(&cmd, line))
		return cmd_failed(NOT_A_COMMAND);
	c = find(&cmd, why);
	return c == NULL ? cmd_failed(why) : c->fn(&cmd);
}

json_t *
control_check(const struct world *w, struct control_wait *wait)
{
	json_t *r;

	if (wait->what != WAIT_CODE && wait->what != WAIT_REQUESTS)
		return NULL;
	r = cmd_wait_came(w, wait);
	if (r == NULL && clock_left(&w->clock, wait->deadline) == 0)
		r = cmd_wait_tired(w, wait);
	if (r != NULL)
		wait->what = WAIT_NOTHING;
	return r;
}

bool
control_tell(const struct world *w, struct control_wait *wait, struct buf *out)
{
	bool fits = true, more = true;

	while (fits && more && buf_len(out) < TELL_AT_ONCE) {
		char *line = wait->what == TELL_HELP ? help_line(wait) : cmd_journal_line(w, wait);

		more = line != NULL;
		wait->count += more;
		fits = !more || buf_printf(out, "%s\n", line) == E_OK;
		free(line);
	}
	if (fits && !more) {
		wait->what = WAIT_NOTHING;
		fits = buf_printf(out, "{\"ok\":true,\"entries\":%llu}\n",
		           (unsigned long long)wait->count) == E_OK;
	}
	return fits;
}
