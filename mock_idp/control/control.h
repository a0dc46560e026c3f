/* What the control socket understands: one line in, lines of JSON out. latchkey-mock-idp(1). */
#ifndef MOCK_IDP_CONTROL_CONTROL_H
#define MOCK_IDP_CONTROL_CONTROL_H

#include "mock_idp/world.h"

#define CONTROL_LINE_MAX 8192 /* an authorization request is one word of it */
#define CONTROL_WAIT_MS 5000  /* unless the command says otherwise */
#define CONTROL_EP_MAX 128
#define CONTROL_WHY_SIZE 128 /* with the NUL */

enum control_waits {
	WAIT_NOTHING,
	WAIT_CODE,
	WAIT_REQUESTS,
	/* nothing is waited for, but there are many lines */
	TELL_JOURNAL,
	TELL_RAW,
	TELL_HELP,
};

/* A command whose answer comes later, or takes more than one line. */
struct control_wait {
	enum control_waits what;
	uint64_t count;          /* what WAIT_REQUESTS waits for, what TELL_* has told */
	char ep[CONTROL_EP_MAX]; /* or a path; "": all requests */
	int64_t deadline;        /* boot ms */
	uint64_t next, last;     /* TELL_*: numbers of lines */
};

/*
 * Runs one line (without its newline; it is taken apart). The answer is a new reference; NULL means
 * that *wait was set and control_check or control_tell will have it. *quit is set by the command of
 * that name.
 */
json_t *control_run(struct world *w, char *line, struct control_wait *wait, bool *quit);

/* Why (in why) a line is none that a script may run, NULL when it is one; nothing runs. What waits,
 * what asks, what a rule could be about itself, and what changes the script is for the socket. */
const char *control_refusal(const char *line, char why[CONTROL_WHY_SIZE]);

/* The answer to a wait that is over, by what happened or by its deadline; NULL: not yet. */
json_t *control_check(const struct world *w, struct control_wait *wait);

/*
 * Some of the lines of a TELL_*, appended to out with their newlines. When they are all told, the
 * last one says {"ok":true,"entries":N}, and *wait is over. False when out cannot take them.
 */
bool control_tell(const struct world *w, struct control_wait *wait, struct buf *out);

#endif
