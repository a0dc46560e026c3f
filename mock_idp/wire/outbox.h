/* What goes out and was not sent yet: the bytes, where they begin again, and how fast they go. */
#ifndef MOCK_IDP_WIRE_OUTBOX_H
#define MOCK_IDP_WIRE_OUTBOX_H

#include "common/buf.h"
#include "mock_idp/wire/pace.h"

/* All zero is empty. */
struct outbox {
	struct buf *bytes;
	size_t again; /* from here on they begin again; SIZE_MAX: they end */
	struct pace pace;
};

/* Takes bytes over; f (NULL: none) says how they go and where they stop. */
void outbox_fill(
    struct outbox *o, struct buf *bytes, size_t again, const struct fault *f, int64_t now);
void outbox_clear(struct outbox *o);

/* What may go now; 0: nothing before outbox_next, or outbox_done. */
size_t outbox_ready(const struct outbox *o, int64_t now, const uint8_t **p);
void outbox_went(struct outbox *o, size_t n, int64_t now);
int64_t outbox_next(const struct outbox *o); /* boot ms */
bool outbox_done(const struct outbox *o, int64_t now);

#endif
