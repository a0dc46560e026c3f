/* Where a body ends, said truly or not: Content-Length, chunks, the end of the connection. RFC 9112
 * section 6. */
#ifndef MOCK_IDP_WIRE_HTTP_FRAME_H
#define MOCK_IDP_WIRE_HTTP_FRAME_H

#include "common/buf.h"
#include "mock_idp/wire/fault.h"

/* Appends the header lines that frame a body of len bytes; f NULL: no fault. */
enum errcode http_frame_head(const struct fault *f, size_t len, bool close, struct buf *out)
    __attribute__((warn_unused_result));

/* Appends the body. *again: where in out the bytes begin that follow once more and once more;
 * untouched if the body ends. */
enum errcode http_frame_body(const struct fault *f, const uint8_t *body, size_t len,
    struct buf *out, size_t *again) __attribute__((warn_unused_result));

/* Is the connection of no more use after an answer with that fault? */
bool http_frame_closes(const struct fault *f);

#endif
