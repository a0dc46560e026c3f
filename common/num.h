/* Strict numbers in text: no sign, no blanks, no leading zero, bounds given by the caller. */
#ifndef COMMON_NUM_H
#define COMMON_NUM_H

#include <stdbool.h>
#include <stdint.h>

/* Decimal, min <= value <= max; *out only on success. */
bool num_parse(const char *s, uint64_t min, uint64_t max, uint64_t *out);

/* Seconds: a number followed by s, m, h or d ("90s", "5m"); a bare number is seconds. */
bool num_parse_seconds(const char *s, uint64_t min, uint64_t max, uint64_t *out);

#endif
