/* What a process costs the system. */
#include "config.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "bench/usage.h"
#include "common/clock.h"

#define STEP_US 20000

static void
add_memory(struct usage *u, const char *line)
{
	long kib;

	if (sscanf(line, "Rss: %ld", &kib) == 1)
		u->rss = kib;
	else if (sscanf(line, "Private_Dirty: %ld", &kib) == 1)
		u->own = kib;
}

static long
count_fds(pid_t pid)
{
	char path[64];
	DIR *d;
	const struct dirent *e;
	long n = 0;

	(void)snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	if ((d = opendir(path)) == NULL)
		return -1;
	while ((e = readdir(d)) != NULL)
		n += e->d_name[0] != '.';
	(void)closedir(d);
	return n;
}

struct usage
usage_of(pid_t pid)
{
	struct usage u = { .rss = 0 };
	char path[64], line[256];
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	if ((f = fopen(path, "re")) == NULL)
		return (struct usage){ -1, -1, -1 };
	while (fgets(line, sizeof(line), f) != NULL)
		add_memory(&u, line);
	(void)fclose(f);
	u.fds = count_fds(pid);
	return u;
}

bool
usage_settles(pid_t pid, long fds, int seconds)
{
	int64_t end = clock_boot_ms(&clock_system) + (int64_t)seconds * 1000;

	while (count_fds(pid) > fds) {
		if (clock_boot_ms(&clock_system) >= end)
			return false;
		(void)usleep(STEP_US);
	}
	return true;
}
