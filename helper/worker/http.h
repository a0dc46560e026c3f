/*
 * One HTTPS request at a time on libcurl: limits on size, headers and time; no redirects, no
 * cookies, no proxy but the configured one, nothing from the environment. The monitor's channel is
 * watched meanwhile: when it hangs up, the request ends. H-01 to H-17.
 */
#ifndef HELPER_WORKER_HTTP_H
#define HELPER_WORKER_HTTP_H

#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/clock.h"
#include "common/err.h"

#define HTTP_HEADER_BYTES (32 * 1024)
#define HTTP_HEADER_LINES 100
#define HTTP_SLICE_MS 250 /* of a wait; one that takes HTTP_STALL_MS longer was no wait of ours */
#define HTTP_STALL_MS 1500
#define HTTP_LATE_MS 1000 /* so late in all, and for a quarter of a request's time, is as bad */
#define HTTP_IDLE_S                                                                                \
	20 /* Authelia closes idle connections after 30 s, and libcurl would send a POST twice */

struct http;

struct http_response {
	long status;
	char content_type[128]; /* media type alone, lower case, "" when absent */
	int64_t retry_after;    /* seconds, -1 when absent or not a number */
	struct buf *body;       /* owned, http_response_clear; wiped */
};

struct http_options {
	const char *ca_file; /* "" for the system's folder of hashed certificates */
	const char *proxy;   /* "http://host:port" for CONNECT, "" for none */
	int64_t timeout_ms;  /* for one request */
	int watch;           /* [B] */
	const struct clock *clock;
};

enum errcode http_new(struct http **out, const struct http_options *o, struct err *e)
    __attribute__((warn_unused_result));
void http_free(struct http *h);

/*
 * form NULL: GET, else POST of application/x-www-form-urlencoded. authorization: a whole header
 * line or NULL. max: bytes of the body. E_OK for every complete answer, whatever its status. A
 * form is sent once, whatever comes of it. E_NET net.*, E_TLS net.tls, E_PROTO http.*, E_CFG
 * cfg.ca_file, E_CLOSED when the monitor hung up, E_TIMEOUT at the deadline (boot ms).
 */
enum errcode http_request(struct http *h, const char *url, const struct buf *form,
    const char *authorization, size_t max, int64_t deadline, struct http_response *out,
    struct err *e) __attribute__((warn_unused_result));
/*
 * Closes every connection, for a while in which nothing is asked. The next request has one of its
 * own, which a server that closes idle ones cannot have closed. E_SYS http.init.
 */
enum errcode http_hang_up(struct http *h, struct err *e) __attribute__((warn_unused_result));
void http_response_clear(struct http_response *r);

#endif
