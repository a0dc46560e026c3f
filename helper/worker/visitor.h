/* One connection to the loopback redirect: a request comes, an answer goes, and it is closed so
 * that the browser has it. Never waits itself. RFC 9112 section 9.6. */
#ifndef HELPER_WORKER_VISITOR_H
#define HELPER_WORKER_VISITOR_H

#include <stdint.h>

#include "common/buf.h"
#include "helper/oidc/callback.h"

#define VISITOR_REQUEST_MS 30000 /* for a whole request; a person's browser may be slow */
#define VISITOR_ANSWER_MS 2000   /* to take the answer, and again to close behind it */

enum visitor_state { VISITOR_NONE, VISITOR_READS, VISITOR_WRITES, VISITOR_LINGERS };

struct visitor {
	enum visitor_state state;
	int fd;
	uint64_t nth;         /* the caller's: who came before whom */
	int64_t until;        /* boot ms: then it is dropped */
	struct buf *in, *out; /* the request; what is left of the answer begins at sent */
	size_t sent;
};

/* Takes fd, non-blocking, over. False when out of memory: then it is closed. */
bool visitor_open(struct visitor *v, int fd, int64_t now);

/* What poll(2) shall wait for; 0: nothing, the place is free. */
short visitor_events(const struct visitor *v);

/*
 * Goes on as far as it can without waiting. CALLBACK_MORE, unless a request has come to its end
 * now: then the outcome, and its answer is on its way. out and e as callback_read fills them.
 */
enum callback_outcome visitor_step(struct visitor *v, const struct callback_expect *x, int64_t now,
    struct callback *out, struct err *e) __attribute__((warn_unused_result));

/* Closes it and wipes what came. */
void visitor_drop(struct visitor *v);

#endif
