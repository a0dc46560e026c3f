/* Which requests a rule is about. */
#ifndef MOCK_IDP_SCRIPT_MATCH_H
#define MOCK_IDP_SCRIPT_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "mock_idp/script/where.h"

struct exchange; /* mock_idp/msg.h */

#define MATCH_CONNECT "connect" /* a connection, before anything came over it */
#define MATCH_ANY "any"         /* each request, also for a path that is none of ours */

struct match {
	const char *ep;     /* a word, static */
	const char *grant;  /* value of grant_type, static; NULL: any */
	const char *client; /* client_id, borrowed; NULL: any */
	const char *method; /* borrowed; NULL: any */
	/* which of those requests: first, first + step, ... up to last */
	uint64_t first, last, step;
	uint64_t seen; /* so far */
};

/* The `match` member; m keeps pointers into it. */
enum errcode match_parse(struct match *m, json_t *spec, const struct where *at, struct err *e)
    __attribute__((warn_unused_result));

/* Counts x if it is one of the requests that this is about; true when it is the nth that is meant.
 */
bool match_request(struct match *m, const struct exchange *x);

/* The client that a request says it comes from: form, query, or Basic authentication (then in out,
 * which holds size bytes); NULL: it does not say. */
const char *match_client(const struct exchange *x, char *out, size_t size);

#endif
