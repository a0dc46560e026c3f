/* Tokens for what was approved. */
#ifndef MOCK_IDP_EP_ISSUE_H
#define MOCK_IDP_EP_ISSUE_H

#include "mock_idp/world.h"

/* Answers with tokens for what was approved (its sub is filled in), and returns what they open;
 * NULL: it answered with an error. RFC 6749 section 5.1. */
const struct grant *issue_tokens(struct world *w, struct exchange *x, struct grant_for *what);

#endif
