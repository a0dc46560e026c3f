/* https URLs as this project accepts them, and application/x-www-form-urlencoded text. */
#ifndef COMMON_URL_H
#define COMMON_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"

#define URL_MAX 2048     /* characters */
#define URL_HOST_MAX 256 /* with the NUL and the brackets of an IPv6 literal */

struct url {
	char host[URL_HOST_MAX]; /* as written, lower-cased for the comparison of origins */
	uint16_t port;           /* 443 when none is written */
	const char *path;        /* inside the parsed text: "" or from the first '/' or '?' on */
};

/*
 * Parses an absolute https URL: printable ASCII without blanks, quotes, '<', '>', '\\', '^', '`',
 * '{', '|', '}'; no userinfo, no fragment, a host of letters, digits, '.', '-' or a bracketed IPv6
 * literal. RFC 3986; C-005, C-006, C-139. The failure is E_FORMAT without a reason id: the caller
 * knows what the URL was for.
 */
enum errcode url_parse(const char *s, struct url *u, struct err *e)
    __attribute__((warn_unused_result));

/* Same host and port; both already parsed. RFC 6454 section 5. */
bool url_same_origin(const struct url *a, const struct url *b);

/* Appends s in form encoding: unreserved bytes as they are, a blank as '+', the rest as %XX. RFC
 * 6749 appendix B. */
enum errcode url_put_form(struct buf *b, const char *s) __attribute__((warn_unused_result));

/* Appends "name=value" in form encoding, with '&' before it unless b is empty. */
enum errcode url_put_param(struct buf *b, const char *name, const char *value)
    __attribute__((warn_unused_result));

#endif
