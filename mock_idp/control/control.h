/* What the control socket understands: one line in, one JSON value out. latchkey-mock-idp(1). */
#ifndef MOCK_IDP_CONTROL_CONTROL_H
#define MOCK_IDP_CONTROL_CONTROL_H

#include "mock_idp/world.h"

#define CONTROL_LINE_MAX 8192 /* an authorization request is one word of it */
#define CONTROL_WAIT_MS 5000  /* unless the command says otherwise */
#define CONTROL_PATH_MAX 128

enum control_waits { WAIT_NOTHING, WAIT_CODE, WAIT_REQUESTS };

/* A command whose answer comes later. */
struct control_wait {
	enum control_waits what;
	uint64_t count;
	char path[CONTROL_PATH_MAX]; /* "": all requests */
	int64_t deadline;            /* boot ms */
};

/*
 * Runs one line (without its newline; it is taken apart). The answer is a new reference; NULL means
 * that *wait was set and control_check will have it. *quit is set by the command of that name.
 */
json_t *control_run(struct world *w, char *line, struct control_wait *wait, bool *quit);

/* The answer to a wait that is over, by what happened or by its deadline; NULL: not yet. */
json_t *control_check(const struct world *w, struct control_wait *wait);

#endif
