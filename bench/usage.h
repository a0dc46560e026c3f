/* What a process costs the system. */
#ifndef BENCH_USAGE_H
#define BENCH_USAGE_H

#include <stdbool.h>
#include <sys/types.h>

struct usage {
	long rss, own; /* KiB: what is in memory, and what of that it alone has written */
	long fds;      /* descriptors that are open */
};

/* As the kernel counts now; all -1 when it does not say. */
struct usage usage_of(pid_t pid);

/* Waits until the process has no more than so many descriptors; false: it still has after seconds.
 */
bool usage_settles(pid_t pid, long fds, int seconds);

#endif
