/* The authorization request, judged; and its answer. RFC 6749 section 4.1, RFC 7636, RFC 9207. */
#ifndef MOCK_IDP_EP_AUTHZ_H
#define MOCK_IDP_EP_AUTHZ_H

#include "mock_idp/world.h"

struct refusal; /* judge.h */

struct authz {
	struct flow *flow; /* a person has to be asked; NULL: it is over already */
	char *location;    /* then this is where the browser goes, and is the caller's to free */
	const char *error; /* and this is why; static text */
	const struct refusal *refusal; /* the same with all that belongs to it */
	bool to_completion; /* not back to the client: who it is, or where, is not sure */
};

/* somebody: there is a session with a user in it. False when out of memory. */
bool authz_begin(struct world *w, const struct pairs *query, bool somebody, struct authz *out);

/* The one decision about a flow: where the browser goes with it, fresh; NULL when out of memory. */
char *authz_approve(struct world *w, struct flow *f, const char *username, int64_t auth_time);
char *authz_deny(struct world *w, struct flow *f);

/* A flow that still waits for its decision, or NULL. */
struct flow *authz_waiting(const struct world *w, const char *id);

#endif
