/* One latchkey-mock-idp that a test started. */
#ifndef TESTS_SUPPORT_IDP_PROCESS_H
#define TESTS_SUPPORT_IDP_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <jansson.h>

struct process {
	pid_t pid;     /* 0: none */
	json_t *ready; /* its ready line */
};

/* argv[0] is the program, NULL ends it. False with a sentence on standard output; then nothing is
 * left to stop. */
bool process_start(struct process *p, char *const argv[]);
void process_stop(struct process *p);

/* A text of the ready line; "" when it has none of that name. */
const char *process_says(const struct process *p, const char *name);

/* One command on the control socket; the answer's "ok". */
bool process_command(const struct process *p, const char *line);

/* The same; why is the answer's "error", "" where there is none. */
bool process_ask(const struct process *p, const char *line, char *why, size_t size);

/* One whose answer is lines: an array of them without the last, which is {"ok": true}; NULL. */
json_t *process_lines(const struct process *p, const char *line);

/* What the program writes until it ends, parsed; NULL when it fails or it is no JSON. */
json_t *process_json(char *const argv[]);

#endif
