/*
 * The head of one HTTP/1.x request, strictly: what a browser sends to the loopback redirect, and
 * what else knocks there. RFC 9112 sections 2 to 6. Pure.
 */
#ifndef HELPER_OIDC_REQHEAD_H
#define HELPER_OIDC_REQHEAD_H

#include <stdbool.h>
#include <stddef.h>

#define REQHEAD_LINE_MAX 8192 /* of the request line */
/* of all lines: browsers send the cookies of every port of 127.0.0.1 along */
#define REQHEAD_MAX (16 * 1024)

/* Parts of the bytes that were read; the target holds nothing but 0x21 to 0x7e. */
struct reqhead {
	const char *method, *target, *host; /* host: the value of the one Host line */
	size_t method_len, target_len, host_len;
	size_t len; /* of the head, the empty line included */
};

enum reqhead_found {
	REQHEAD_MORE, /* so far so good: it goes on */
	REQHEAD_BAD,  /* *status: what to answer; more bytes change nothing */
	REQHEAD_DONE, /* *h is set */
};

/*
 * 400 for what is no request, an absolute or any other form of target than origin-form, no Host or
 * two, a folded line, a body; 414 and 431 for what is too long; 505 for another version. A bare LF
 * ends no line. What cannot become a request line is refused with its first wrong byte (TLS).
 */
enum reqhead_found reqhead_read(struct reqhead *h, const char *p, size_t len, int *status);

bool reqhead_method_is(const struct reqhead *h, const char *method);

#endif
