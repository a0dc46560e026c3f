/* The connections there are. */
#ifndef MOCK_IDP_WIRE_CONNS_H
#define MOCK_IDP_WIRE_CONNS_H

#include <poll.h>

#include "mock_idp/wire/conn.h"

#define CONNS_MAX 1024

/* All zero is empty. */
struct conns {
	struct conn **v;
	size_t n, alloc;
};

/* Is there room for one more, or somebody who would make it? */
bool conns_has_room(const struct conns *s);

/* Makes it: one that only waits for its client gives way, the one whose time is up first: half-open
 * connections keep nobody out. False: there is none, or no memory. */
bool conns_make_room(struct conns *s);

/* Takes c over; NULL is nothing. */
void conns_add(struct conns *s, struct conn *c);

/* What each waits for, in order, n of them; the earliest boot ms at which one wants a step. */
int64_t conns_poll(const struct conns *s, struct pollfd *p);

/* One step for each of the first n with an event in p, or whose time has come; those that are over
 * are gone afterwards. */
void conns_step(struct conns *s, struct world *w, const struct pollfd *p, size_t n);

void conns_clear(struct conns *s);

#endif
