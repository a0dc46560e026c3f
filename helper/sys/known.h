/* From where each account signed in lately. */
#ifndef HELPER_SYS_KNOWN_H
#define HELPER_SYS_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#define KNOWN_MAX 4096 /* pairs; the oldest makes room */

/* Whether the account signed in from there within the last `seconds`. now: wall clock. */
bool known_is(
    const char *dir, const char *account, const char *origin, int64_t now, uint64_t seconds);

/* It did now. Written at most once a day for each pair; a failure costs the bonus. */
void known_add(
    const char *dir, const char *account, const char *origin, int64_t now, uint64_t seconds);

#endif
