/* HTTP/1.1 requests out of bytes. RFC 9112. */
#ifndef MOCK_IDP_WIRE_HTTP_READ_H
#define MOCK_IDP_WIRE_HTTP_READ_H

#include "mock_idp/msg.h"

enum http_read_result {
	HTTP_READ_MORE, /* not whole yet */
	HTTP_READ_DONE, /* *used bytes are one request */
	HTTP_READ_BAD,  /* answer *status and close */
};

/* req is empty before; after HTTP_READ_MORE it still is. Its raw bytes are borrowed from in; after
 * HTTP_READ_BAD it holds what was understood. */
enum http_read_result http_read(
    const char *in, size_t len, struct request *req, size_t *used, int *status);

#endif
