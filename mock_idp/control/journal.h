/* What came in, in order, and what was wrong with it. */
#ifndef MOCK_IDP_CONTROL_JOURNAL_H
#define MOCK_IDP_CONTROL_JOURNAL_H

#include "mock_idp/control/entry.h"

#define JOURNAL_MAX 10000                            /* entries */
#define JOURNAL_BYTES_MAX ((size_t)32 * 1024 * 1024) /* of all of them */

/* Since the start, whatever was forgotten in between. */
struct journal_totals {
	uint64_t requests; /* that the provider's own listeners got */
	uint64_t violations;
	uint64_t logins; /* codes that were exchanged for tokens */
	uint64_t evil;   /* entries of listeners that nobody must ever reach */
};

struct journal {
	struct entry *ring; /* of JOURNAL_MAX; the oldest makes room, and seq shows it */
	size_t first, n;
	size_t bytes;
	uint64_t number;   /* of the last entry */
	uint64_t seq;      /* entries since the last reset */
	uint64_t requests; /* idem, those of evil listeners left out */
	struct journal_totals total;
	int file; /* gets each line as it is made; -1: none */
	bool file_raw;
};

/* False when out of memory. */
bool journal_init(struct journal *j);
/* Empty again, seq 0; totals and file stay. */
void journal_reset(struct journal *j);
/* Closes the file, too. */
void journal_clear(struct journal *j);

/* From now on, lines go to the end of that file, too (made with mode 0600). Raw: with nothing
 * hidden. */
enum errcode journal_open_file(struct journal *j, const char *path, bool raw, struct err *e)
    __attribute__((warn_unused_result));

/* Appends the answered exchange, us after the start; sets x->entry. */
void journal_record(struct journal *j, struct exchange *x, int64_t us);

/* The last byte of that entry's answer has gone. One that is not there any more is no error. */
void journal_answered(struct journal *j, uint64_t entry, int64_t us);

/* The oldest has index 0; NULL behind the last. Borrowed until the next change. */
const struct entry *journal_at(const struct journal *j, size_t index);

/* Its line, not raw; a new reference, NULL when there is none. */
json_t *journal_entry(const struct journal *j, size_t index);

#endif
