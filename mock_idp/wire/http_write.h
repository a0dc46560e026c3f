/* HTTP/1.1 replies into bytes. */
#ifndef MOCK_IDP_WIRE_HTTP_WRITE_H
#define MOCK_IDP_WIRE_HTTP_WRITE_H

#include "mock_idp/msg.h"

/* Appends status line, Date (wall seconds), the reply's headers, framing and body to out. */
enum errcode http_write(const struct reply *rep, int64_t wall, struct buf *out)
    __attribute__((warn_unused_result));

#endif
