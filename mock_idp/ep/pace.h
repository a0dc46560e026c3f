/* How fast a client polls: what a careful one does not do, and what the provider takes amiss. */
#ifndef MOCK_IDP_EP_PACE_H
#define MOCK_IDP_EP_PACE_H

#include "mock_idp/profile/profile.h"
#include "mock_idp/world.h"

/* Complains in the journal, whatever the provider thinks of it. RFC 8628 section 3.5. */
void pace_judge(const struct world *w, struct exchange *x, const struct code *c);

/* What the provider says to this poll, before it is counted: OUTCOME_PENDING when it is in time,
 * otherwise OUTCOME_TOO_FAST or OUTCOME_STRUCK_OUT. */
enum profile_outcome pace_ask(const struct world *w, struct code *c);

/* An answer that left the code pending, or one that did not: after tokens and errors there is
 * nothing to poll for, and after a second server error neither. */
void pace_note(struct code *c, const struct reply *rep, bool pending);

#endif
