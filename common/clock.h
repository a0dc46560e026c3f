/* The one seam for time: boot-time milliseconds for waiting, wall-clock seconds for token times. */
#ifndef COMMON_CLOCK_H
#define COMMON_CLOCK_H

#include <stdint.h>

/* A test fills one with functions of its own; everybody else uses clock_system. */
struct clock {
	int64_t (*boot_ms)(void *arg); /* CLOCK_BOOTTIME: counts suspend, never set back */
	int64_t (*wall)(void *arg);    /* CLOCK_REALTIME, seconds since the epoch */
	void *arg;
};

extern const struct clock clock_system;

int64_t clock_boot_ms(const struct clock *c);
int64_t clock_wall(const struct clock *c);

/* Milliseconds until deadline (boot ms) as poll(2) takes them: 0 when it has passed, at most
 * INT_MAX. */
int clock_left(const struct clock *c, int64_t deadline);

#endif
