/* Times, and what is said of many of them. */
#ifndef BENCH_FIGURES_H
#define BENCH_FIGURES_H

#include <stddef.h>

/* Milliseconds by a clock that is never set. */
double figures_now_ms(void);

/* Sorts. */
void figures_sort(double *v, size_t n);

/* The smallest of n > 0 sorted ones that so many of a hundred do not exceed. */
double figures_percentile(const double *v, size_t n, unsigned hundredth);

#endif
