/* Times, and what is said of many of them. */
#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "bench/figures.h"

double
figures_now_ms(void)
{
	struct timespec t = { .tv_sec = 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void
figures_sort(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_size);
}

double
figures_percentile(const double *v, size_t n, unsigned hundredth)
{
	size_t rank = (n * hundredth + 99) / 100;

	return v[rank == 0 ? 0 : rank - 1];
}
