/* What came in, in order, and what was wrong with it. Secrets are shown as present, never as they
 * are. */
#ifndef MOCK_IDP_CONTROL_JOURNAL_H
#define MOCK_IDP_CONTROL_JOURNAL_H

#include "mock_idp/msg.h"

#define JOURNAL_MAX 10000 /* entries; the oldest makes room, and seq shows it */

struct journal {
	json_t *entries; /* array */
	uint64_t seq;    /* requests since the last reset */
};

/* False when out of memory. */
bool journal_init(struct journal *j);
/* Empty again, seq 0. */
void journal_reset(struct journal *j);
void journal_clear(struct journal *j);

/* Appends the answered exchange; ms since the start of the server. */
void journal_record(struct journal *j, const struct exchange *x, int64_t ms);

/* Requests for that path, for all paths if NULL, among the entries still there. */
uint64_t journal_count(const struct journal *j, const char *path);

#endif
