/* The request at the loopback redirect, byte for byte: a browser's, or a crooked one. */
#ifndef MOCK_IDP_BROWSER_SHAPE_H
#define MOCK_IDP_BROWSER_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "mock_idp/browser/loopurl.h"
#include "mock_idp/browser/rawquery.h"

#define SHAPE_MAX ((size_t)16 * 1024 * 1024)

/* All zeros: what a browser sends. */
struct shape {
	const char *method;  /* NULL: GET. POST carries the parameters as a form */
	const char *host;    /* of the Host header; NULL: the URL's */
	const char *path;    /* NULL: the URL's */
	const char *version; /* NULL: HTTP/1.1 */
	bool absolute;       /* "GET http://..." as to a proxy */
	bool fragment;       /* the answer came as one: no parameter is sent */
	size_t size;         /* of the whole request, by a parameter more; 0: as it comes */
	const char *raw;     /* these bytes instead, see shape_good_raw */
};

/* Appends the request for u with the parameters q. E_CFG: it cannot be made that small. */
enum errcode shape_request(const struct shape *s, const struct loopurl *u, const struct rawquery *q,
    struct buf *out, struct err *e) __attribute__((warn_unused_result));

/* Whether raw can be read: \r \n \t \0 \\ \xHH are bytes; ${host} ${path} ${query} what a browser
 * would have sent there. */
bool shape_good_raw(const char *raw);

#endif
