/* The browser of this machine: latchkey-mock-idp browser, as odd as a scenario wants it. */
#ifndef TESTS_HELPER_HOSTILE_BROWSER_H
#define TESTS_HELPER_HOSTILE_BROWSER_H

#include <stdbool.h>
#include <sys/types.h>

#include <jansson.h>

struct browser {
	char *program; /* latchkey-mock-idp; NULL: there is no browser */
	const json_t *scenario;
	pid_t pid; /* 0: it was not started */
	int status;
};

/* Opens the address that a text shows on a line of its own; a text without one opens nothing. */
void browser_look(struct browser *b, const char *text);

/* Waits until it is done, and no longer than a few seconds. True when it was not started, or came
 * back with success. */
bool browser_end(struct browser *b);

#endif
