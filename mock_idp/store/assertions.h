/* Client assertions that were accepted: each proves something once. RFC 7523 section 3, point 7. */
#ifndef MOCK_IDP_STORE_ASSERTIONS_H
#define MOCK_IDP_STORE_ASSERTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ASSERTIONS_MAX 1000 /* the one that expires first makes room */

struct assertion_seen {
	char *client_id, *jti;
	int64_t expires; /* wall seconds */
};

struct assertions {
	struct assertion_seen *v;
	size_t n;
};

/* Did that client send that jti before, in an assertion that has not expired by now? */
bool assertions_seen(
    const struct assertions *a, const char *client_id, const char *jti, int64_t now);

/* Remembers it, and forgets what has expired; false when out of memory. */
bool assertions_add(
    struct assertions *a, const char *client_id, const char *jti, int64_t expires, int64_t now);

void assertions_clear(struct assertions *a);

#endif
