/* Tokens for what was approved. */
#ifndef MOCK_IDP_EP_ISSUE_H
#define MOCK_IDP_EP_ISSUE_H

#include "mock_idp/world.h"

/*
 * Answers with tokens for what was approved, and returns what they open; NULL: it answered with an
 * error, or a rule of the script answers. what's sub is filled in, and whether a refresh token
 * belongs to it. RFC 6749 section 5.1.
 */
struct grant *issue_tokens(struct world *w, struct exchange *x, struct grant_for *what);

#endif
