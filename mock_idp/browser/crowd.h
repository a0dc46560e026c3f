/* The same request on several connections at once. */
#ifndef MOCK_IDP_BROWSER_CROWD_H
#define MOCK_IDP_BROWSER_CROWD_H

#include <jansson.h>

#include "mock_idp/browser/answer.h"
#include "mock_idp/browser/peer.h"

struct crowd_one {
	struct peer *peer;
	enum errcode r; /* why there is no answer */
	struct err e;
	struct answer answer;
};

struct crowd {
	struct crowd_one *v;
	size_t n;
};

/* n connections to u, those that succeed; each wait ends after timeout ms. False: no memory. */
bool crowd_open(struct crowd *c, size_t n, const struct loopurl *u, int64_t timeout)
    __attribute__((warn_unused_result));

/* How many are open. */
size_t crowd_size(const struct crowd *c);

/* Sends the request on all, slow ms behind each byte unless that is 0, and reads their answers. */
void crowd_ask(struct crowd *c, const struct buf *request, bool head, size_t slow, int64_t timeout);

/* The answer that counts: the first 200, else the first there is; NULL when there is none. */
const struct answer *crowd_best(const struct crowd *c);
/* Why there is none, of the first. */
const struct err *crowd_why(const struct crowd *c);

/* [200, "closed", ...] */
json_t *crowd_tell(const struct crowd *c);

/* Closes them all. */
void crowd_close(struct crowd *c);

#endif
