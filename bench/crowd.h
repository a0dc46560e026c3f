/* Device logins, one after another and side by side. */
#ifndef BENCH_CROWD_H
#define BENCH_CROWD_H

#include <stddef.h>

#include "bench/provider.h"

/* What a number of logins took. */
struct took {
	double seconds; /* all of them, with the commands to the clock in between */
	double *ms;     /* each login's requests; room for all */
	size_t n, failed;
	long fds; /* most descriptors that the provider had open */
};

/* One after another; adds to t. What fails is printed. */
void crowd_queue(const struct provider *p, size_t n, struct took *t);

/* Side by side: all connections are there before the first poll, and until the last UserInfo; adds
 * to t. */
void crowd_at_once(const struct provider *p, size_t n, struct took *t);

#endif
