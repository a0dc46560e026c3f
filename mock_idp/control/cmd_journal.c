/* Commands about what came: the journal, and what it is expected to hold. */
#include "config.h"

#include <string.h>

#include "mock_idp/control/cmd.h"
#include "mock_idp/control/expect.h"

json_t *
cmd_journal(struct cmd *cmd)
{
	const struct journal *j = &cmd->w->journal;
	bool raw = cmd->n > 1;

	if (raw && strcmp(cmd->word[1], "raw") != 0)
		return cmd_failed("only raw may follow");
	cmd->wait->what = raw ? TELL_RAW : TELL_JOURNAL;
	cmd->wait->next = j->number - j->n + 1;
	cmd->wait->last = j->number;
	cmd->wait->count = 0;
	return NULL;
}

char *
cmd_journal_line(const struct world *w, struct control_wait *wait)
{
	const struct journal *j = &w->journal;
	uint64_t oldest = j->number - j->n + 1;
	char *line = NULL;

	/* requests that come in meanwhile make the oldest go */
	if (wait->next < oldest)
		wait->next = oldest;
	while (line == NULL && wait->next <= wait->last) {
		const struct entry *e = journal_at(j, (size_t)(wait->next++ - oldest));
		json_t *o = entry_json(e, wait->what == TELL_RAW);

		line = o == NULL ? NULL : json_dumps(o, JSON_COMPACT);
		json_decref(o);
	}
	return line;
}

json_t *
cmd_expect(struct cmd *cmd)
{
	char why[EXPECT_WHY_SIZE];

	return expect_holds(&cmd->w->journal, cmd->n - 1, cmd->word + 1, why) ? cmd_ok()
	                                                                      : cmd_failed(why);
}
