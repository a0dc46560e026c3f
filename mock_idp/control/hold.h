/* What an expectation holds the journal up to. */
#ifndef MOCK_IDP_CONTROL_HOLD_H
#define MOCK_IDP_CONTROL_HOLD_H

#include "mock_idp/control/expect.h"

/* One expectation; its words are as many as its kind wants, and name endpoints where they should.
 */
struct hold {
	const struct journal *j;
	char *const *word; /* behind the kind */
	size_t n;
	char *why; /* EXPECT_WHY_SIZE */
};

/* Writes the sentence that why is, and is false. */
bool hold_no(const struct hold *h, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The kinds: how many, in which order, how long between. hold.c */
bool hold_count(const struct hold *h);
bool hold_at_least(const struct hold *h);
bool hold_at_most(const struct hold *h);
bool hold_never(const struct hold *h);
bool hold_order(const struct hold *h);
bool hold_gap(const struct hold *h);

/* What was in them; without a value: that it was not. hold_parts.c */
bool hold_header(const struct hold *h);
bool hold_param(const struct hold *h);
bool hold_clean(const struct hold *h);
bool hold_violation(const struct hold *h);

#endif
