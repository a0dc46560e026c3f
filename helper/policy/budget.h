/* How often something may happen: one number for each key, in a table with a bound. Pure. */
#ifndef HELPER_POLICY_BUDGET_H
#define HELPER_POLICY_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"

#define BUDGET_KEYS 2048   /* of one table */
#define BUDGET_KEY_MAX 384 /* with the NUL: a kind, an account, an address */

/*
 * A key that spent nothing lately is not in the table. Else busy_until (boot ms) is when it has all
 * of its budget again: the "theoretical arrival time" of the generic cell rate algorithm (ITU-T
 * I.371 annex A), which needs no other state.
 */
struct budget_entry {
	char *key;
	int64_t busy_until;
};

struct budget {
	struct budget_entry *v;
	size_t n;
};

/* So often within that time; count 0: as often as one likes. */
struct budget_rate {
	uint64_t count;
	uint64_t window_ms;
};

/* Whether the key may spend so much now; nothing is spent. */
bool budget_allows(const struct budget *b, const char *key, const struct budget_rate *rate,
    uint64_t cost, int64_t now);

/*
 * Spends it, allowed or not. A full table loses the key that is nearest to being forgotten: a crowd
 * of keys that each came once cannot push one out that came often. E_NOMEM.
 */
enum errcode budget_spend(struct budget *b, const char *key, const struct budget_rate *rate,
    uint64_t cost, int64_t now) __attribute__((warn_unused_result));

/*
 * Encode and decode stand together. Keys that have their budget again at now stay out. Decode takes
 * what it can read: whole or nothing, and nothing that lies further ahead than a window of horizon
 * ms could bring it (a clock of another boot). E_FORMAT: it was nothing of ours; E_NOMEM.
 */
enum errcode budget_encode(struct buf *to, const struct budget *b, int64_t now)
    __attribute__((warn_unused_result));
enum errcode budget_decode(struct budget *b, const void *p, size_t len, int64_t now,
    int64_t horizon) __attribute__((warn_unused_result));
void budget_clear(struct budget *b);

#endif
