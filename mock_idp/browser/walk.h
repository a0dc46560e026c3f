/* The person's way through the provider's pages: sign in, look, decide. */
#ifndef MOCK_IDP_BROWSER_WALK_H
#define MOCK_IDP_BROWSER_WALK_H

#include <stdio.h>

#include "mock_idp/browser/answer.h"
#include "mock_idp/browser/errand.h"
#include "mock_idp/browser/peer.h"

/* Where it ends. */
struct walk_end {
	struct loopurl redirect; /* plain HTTP; target NULL: at a page */
	struct answer page;      /* that page */
	bool decided;            /* a button said yes or no on the way */
};

/*
 * From the errand's URL to a redirect to plain HTTP on loopback, or to a page on which nothing is
 * left to do. Each answer is a line on out. Clear end in either case.
 */
enum errcode walk_run(const struct errand *a, SSL_CTX *tls, FILE *out, struct walk_end *end,
    struct err *e) __attribute__((warn_unused_result));

void walk_clear(struct walk_end *end);

#endif
