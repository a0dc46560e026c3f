/* What a client's request says about the client: headers that change, or that do not fit. */
#ifndef MOCK_IDP_HABITS_H
#define MOCK_IDP_HABITS_H

#include "mock_idp/world.h"

/*
 * user_agent_changed:AGENT: not the one that the first client's request since the start or the last
 * reset had. accept:VALUE: of what the client says that it takes, the endpoint answers nothing.
 */
void habits_judge(struct world *w, struct exchange *x);

#endif
