/* The one seam for time. clock_gettime(2). */
#include "config.h"

#include <limits.h>
#include <stddef.h>
#include <time.h>

#include "common/clock.h"

static int64_t
system_boot_ms(void *arg)
{
	struct timespec t = { 0 };

	(void)arg;
	(void)clock_gettime(CLOCK_BOOTTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t
system_wall(void *arg)
{
	struct timespec t = { 0 };

	(void)arg;
	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec;
}

const struct clock clock_system = { system_boot_ms, system_wall, NULL };

int64_t
clock_boot_ms(const struct clock *c)
{
	return c->boot_ms(c->arg);
}

int64_t
clock_wall(const struct clock *c)
{
	return c->wall(c->arg);
}

int
clock_left(const struct clock *c, int64_t deadline)
{
	int64_t now = clock_boot_ms(c);
	uint64_t left;

	if (deadline <= now)
		return 0;
	left = (uint64_t)deadline - (uint64_t)now; /* any two moments: no overflow */
	return left > INT_MAX ? INT_MAX : (int)left;
}
