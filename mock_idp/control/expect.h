/* Whether the requests that came were those that should come. */
#ifndef MOCK_IDP_CONTROL_EXPECT_H
#define MOCK_IDP_CONTROL_EXPECT_H

#include "mock_idp/control/journal.h"

#define EXPECT_WHY_SIZE 320

/* One kind of expectation. */
struct expect_kind {
	const char *name;
	size_t min, max; /* words behind the name */
	const char *usage, *help;
};

/* For a list of them; NULL behind the last. */
const struct expect_kind *expect_kind(size_t index);

/*
 * word[0] is the kind; latchkey-mock-idp(1). False: why says what was found and what was expected,
 * or that the words are no expectation. A journal that has lost entries holds up to none.
 */
bool expect_holds(const struct journal *j, size_t n, char *const word[], char why[EXPECT_WHY_SIZE]);

#endif
