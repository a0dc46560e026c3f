/* HTTP/1.1 replies into bytes, whole or with a fault. */
#ifndef MOCK_IDP_WIRE_HTTP_WRITE_H
#define MOCK_IDP_WIRE_HTTP_WRITE_H

#include "mock_idp/msg.h"
#include "mock_idp/wire/fault.h"

/* No more than this comes of a reply of MSG_REPLY_MAX. */
#define HTTP_WRITE_MAX (MSG_REPLY_MAX + FAULT_HEADER_MAX + (size_t)4 * 1024 * 1024)

struct http_bytes {
	struct buf *out; /* appended to */
	size_t again;    /* from here on out is sent once more and once more; SIZE_MAX: it ends */
	bool close;      /* the connection is of no more use then */
};

/*
 * Appends status line, Date (wall seconds), the reply's headers, framing and body, as the fault
 * wants them (NULL: none); a raw reply only its body. How fast it goes and how it ends is not for
 * this. E_LIMIT when out is too small.
 */
enum errcode http_write(const struct reply *rep, const struct fault *f, int64_t wall,
    struct http_bytes *to) __attribute__((warn_unused_result));

#endif
