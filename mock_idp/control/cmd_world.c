/* Commands about the provider itself: people, time, keys, faults. */
#include "config.h"

#ifdef HAVE_MALLOC_TRIM
#include <malloc.h>
#endif
#include <stdlib.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/control/cmd.h"
#include "mock_idp/settings.h"

#define MOVED_MAX (10 * 366 * 86400) /* seconds, either way */
#define DROP_MAX 1000000

json_t *
cmd_remove_user(struct cmd *cmd)
{
	struct user *u = people_user(&cmd->w->people, cmd->word[1]);

	if (u == NULL)
		return cmd_failed_with("no such user: %.64s", cmd->word[1]);
	u->removed = true;
	return cmd_ok();
}

json_t *
cmd_auto(struct cmd *cmd)
{
	bool off = strcmp(cmd->word[1], "off") == 0;
	char *name = NULL;

	if (!off && people_present(&cmd->w->people, cmd->word[1]) == NULL)
		return cmd_failed_with("no such user: %.64s", cmd->word[1]);
	if (!off && (name = strdup(cmd->word[1])) == NULL)
		return cmd_failed("out of memory");
	free(cmd->w->auto_user);
	cmd->w->auto_user = name; /* -fanalyzer: world_clear frees it */
	return cmd_ok();
}

/* What a crowd needed is no reason to be large from then on. */
static void
give_memory_back(void)
{
#ifdef HAVE_MALLOC_TRIM
	(void)malloc_trim(0);
#endif
}

json_t *
cmd_reset(struct cmd *cmd)
{
	struct err e = { .code = E_OK };

	world_reset(cmd->w);
	give_memory_back();
	return settings_renew(cmd->w, &e) == E_OK ? cmd_ok() : cmd_failed(e.text);
}

json_t *
cmd_quit(struct cmd *cmd)
{
	*cmd->quit = true;
	return cmd_ok();
}

/* "+3600", "-3600": from where it is now. */
json_t *
cmd_clock(struct cmd *cmd)
{
	const char *word = cmd->word[1];
	bool back = *word == '-';
	uint64_t n;
	int64_t moved;

	if ((*word != '+' && !back) || !num_parse(word + 1, 0, MOVED_MAX, &n))
		return cmd_failed_with("must be +N or -N seconds, is \"%.32s\"", word);
	moved = cmd->w->moved + (back ? -(int64_t)n : (int64_t)n);
	if (moved > MOVED_MAX || moved < -MOVED_MAX)
		return cmd_failed("that is too far");
	cmd->w->moved = moved;
	return json_pack("{s:b, s:I, s:I}", "ok", 1, "moved", (json_int_t)moved, "now",
	    (json_int_t)world_wall(cmd->w));
}

json_t *
cmd_drop_next(struct cmd *cmd)
{
	uint64_t n = 1;

	if (cmd->n > 1 && !num_parse(cmd->word[1], 0, DROP_MAX, &n))
		return cmd_failed_with("must be a number of requests, is \"%.32s\"", cmd->word[1]);
	cmd->w->drop_next = (unsigned)n;
	return cmd_ok();
}

json_t *
cmd_rotate(struct cmd *cmd)
{
	const struct key *k;

	keys_rotate(&cmd->w->keys);
	k = keys_of(&cmd->w->keys, cmd->w->alg);
	return k == NULL ? cmd_failed("the new key cannot be made")
	                 : json_pack("{s:b, s:s}", "ok", 1, "kid", k->kid);
}
