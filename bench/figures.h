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

/* Several times as slow, and not what is installed. */
#define FIGURES_SANITIZED 0
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#undef FIGURES_SANITIZED
#define FIGURES_SANITIZED 1
#elif defined(__clang__)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#undef FIGURES_SANITIZED
#define FIGURES_SANITIZED 1
#endif
#endif

#endif
