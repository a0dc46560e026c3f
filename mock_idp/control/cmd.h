/* The commands of the control socket, one function each. latchkey-mock-idp(1). */
#ifndef MOCK_IDP_CONTROL_CMD_H
#define MOCK_IDP_CONTROL_CMD_H

#include "mock_idp/control/control.h"

#define CMD_WORDS_MAX 34 /* "expect order" has as many endpoints as anybody polls */

struct cmd {
	struct world *w;
	char *word[CMD_WORDS_MAX]; /* the command first; as many as it wants */
	size_t n;
	struct control_wait *wait;
	bool *quit;
};

/* The answer, a new reference; NULL when *wait was set and the answer comes later. */
typedef json_t *cmd_fn(struct cmd *);

json_t *cmd_ok(void);
/* Never NULL but for want of memory, whatever bytes are in it. */
json_t *cmd_failed(const char *why);
/* The same, as printf does. */
json_t *cmd_failed_with(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* With the code's name. */
json_t *cmd_ok_code(const struct code *c);

/* Device codes and authorization requests. cmd_codes.c */
cmd_fn cmd_approve, cmd_deny, cmd_authorize, cmd_expire, cmd_codes;
/* The provider itself. cmd_world.c */
cmd_fn cmd_auto, cmd_clock, cmd_drop_next, cmd_quit, cmd_remove_user, cmd_reset, cmd_rotate;
/* The script. cmd_script.c */
cmd_fn cmd_load, cmd_append, cmd_scenario, cmd_unload;
/* What is answered when something has happened. cmd_wait.c */
cmd_fn cmd_wait_code, cmd_wait_requests;
json_t *cmd_wait_came(const struct world *w, const struct control_wait *wait);  /* NULL: not yet */
json_t *cmd_wait_tired(const struct world *w, const struct control_wait *wait); /* the time is up */
/* What came. cmd_journal.c */
cmd_fn cmd_journal, cmd_expect;
/* The next line, to be freed; NULL when there is none. wait->next moves. */
char *cmd_journal_line(const struct world *w, struct control_wait *wait);

#endif
