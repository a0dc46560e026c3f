/* The provider that is measured: one process, and its control socket. */
#ifndef BENCH_PROVIDER_H
#define BENCH_PROVIDER_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

/* A system call that fails, and an answer that does not come in time, end this program with a
 * sentence: nobody measures on. */
struct provider {
	pid_t pid;
	int leash;       /* its standard input: it ends when this process does */
	FILE *out;       /* its standard output */
	int control;     /* its control socket */
	int patience;    /* seconds that it has for an answer */
	double start_ms; /* from the fork to its first line */
	char *issuer, *ca;
};

/* Starts command (NULL behind its words), whose end is latchkey-mock-idp with options of it; alice
 * approves each code at once. */
void provider_start(struct provider *p, char *const command[], int patience);

/* Sends one command; false when its answer is an error, which is printed. */
bool provider_does(const struct provider *p, const char *line);

/* Forgets all that it was asked. */
void provider_reset(const struct provider *p);

/* Says quit, and waits; its exit status, or 128 and the signal. Frees what p holds. */
int provider_stop(struct provider *p);

#endif
