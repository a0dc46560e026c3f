/* One entry of the journal: a request as it may be shown, and as it came. */
#ifndef MOCK_IDP_CONTROL_ENTRY_H
#define MOCK_IDP_CONTROL_ENTRY_H

#include "mock_idp/msg.h"

struct entry {
	uint64_t number;      /* of all since the start, from 1 */
	int64_t us;           /* since the start, when it was whole */
	int64_t answered;     /* idem, when the last byte of the answer had gone; -1: it has not */
	const char *ep;       /* static; NULL: no endpoint of ours */
	const char *listener; /* the server's; NULL: no wire */
	char *path;           /* "" when no request was understood */
	char *shown;          /* JSON */
	char *bytes;          /* as they came, head and body; NULL: none */
	size_t nbytes, nhead;
};

/* seq counts since the last reset. False when out of memory, and e is empty then. */
bool entry_make(struct entry *e, const struct exchange *x, uint64_t seq, int64_t us);
void entry_clear(struct entry *e);

/* Bytes of memory, about. */
size_t entry_size(const struct entry *e);

/*
 * The line of the journal, a new reference; NULL when out of memory. raw: nothing is hidden, and
 * target, headers, parameters and body are as they came. There, a backslash is \x5c and a byte that
 * belongs to no UTF-8 character \xNN; for what is no request, "bytes" is all there was.
 */
json_t *entry_json(const struct entry *e, bool raw);

/* Reads the request again into x->req; false when it is none. msg_clear in both cases. */
bool entry_request(const struct entry *e, struct exchange *x);

/* It came to a listener that nobody must ever reach. */
bool entry_evil(const struct entry *e);

#endif
