/* Which entries of the journal are meant by the name of an endpoint. */
#ifndef MOCK_IDP_CONTROL_PICK_H
#define MOCK_IDP_CONTROL_PICK_H

#include "mock_idp/control/journal.h"

/*
 * A word of the scripts ("token"); "any": every request to the provider; "evil": whatever came to a
 * listener that nobody must ever reach; or a path.
 */
bool pick_is_ep(const char *word);

/* The first of that endpoint from index *at on, which moves behind it; NULL: none. */
const struct entry *pick_next(const struct journal *j, const char *ep, size_t *at);
uint64_t pick_count(const struct journal *j, const char *ep);

/* The seq that its line shows. */
unsigned long long pick_seq(const struct journal *j, const struct entry *e);

#endif
