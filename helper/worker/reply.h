/* An HTTP answer as libcurl hands it over, piece by piece: limits, and the few headers that count.
 * H-01, H-02, H-05. */
#ifndef HELPER_WORKER_REPLY_H
#define HELPER_WORKER_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "helper/worker/http.h"

/* What the callbacks of one request share. */
struct reply {
	struct http_response *out;
	size_t header_bytes, header_lines;
	bool head;        /* the header's end has come */
	bool framed;      /* Content-Length or chunked: without, truncation is invisible (H-05) */
	bool sized;       /* there was a Content-Length, of length */
	uint64_t length;
	bool odd;         /* no answer of HTTP/1, or two lengths that differ (H-06, H-07) */
	const char *over; /* the limit that was met, NULL: none */
	bool starved;     /* no memory for the body */
};

/* libcurl's callbacks (CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION); arg is a struct reply. 0
 * ends the transfer, and reply.over, .odd or .starved says why. */
size_t reply_body(char *p, size_t size, size_t n, void *arg);
size_t reply_header(char *p, size_t size, size_t n, void *arg);

#endif
