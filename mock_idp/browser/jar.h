/* The cookies of one origin. RFC 6265bis, as far as the provider's pages need it. */
#ifndef MOCK_IDP_BROWSER_JAR_H
#define MOCK_IDP_BROWSER_JAR_H

#include "mock_idp/browser/answer.h"

struct jar {
	struct pairs cookies;
};

/*
 * Takes what the answer sets and drops what it ends (Max-Age of 0 or less). A browser's rules for
 * the __Host- prefix are kept: without Secure and Path=/, or with Domain, the cookie is ignored.
 * E_LIMIT: too many.
 */
enum errcode jar_take(struct jar *j, const struct answer *a) __attribute__((warn_unused_result));

/* Appends "Cookie: a=1; b=2\r\n"; nothing when there is none. */
enum errcode jar_put(const struct jar *j, struct buf *b) __attribute__((warn_unused_result));

void jar_clear(struct jar *j);

#endif
