/*
 * When to ask the token endpoint again: a pure state machine on the clock seam. RFC 8628
 * section 3.5; D-01 to D-23. Times are boot milliseconds. The caller sleeps until .at, sends one
 * token request, hands the outcome back.
 */
#ifndef HELPER_OIDC_POLL_H
#define HELPER_OIDC_POLL_H

#include <stdint.h>

#include "common/err.h"

#define POLL_MARGIN_MS                                                                             \
	250 /* servers measure at processing time; an exactly-on-time client earns slow_down */
#define POLL_INTERVAL_MIN 1   /* seconds */
#define POLL_SLOW_DOWN 5      /* seconds added for good */
#define POLL_BACKOFF_MAX 60   /* seconds, for network failures */
#define POLL_FAILURES_MAX 5   /* more in a row than this: E_NET */
#define POLL_LIFETIME_MAX 600 /* seconds, whatever expires_in says (D-10) */

/* What came of the last request. */
enum poll_event {
	POLL_PENDING,   /* authorization_pending */
	POLL_SLOWDOWN,  /* slow_down */
	POLL_FAILED,    /* no answer, connection lost, 5xx without a verdict, HTML: back off (D-11,
	                   D-13) */
	POLL_THROTTLED, /* 429, or Retry-After on anything: wait at least retry_after too (D-14,
	                   D-15) */
	POLL_SERVER_ERROR, /* error=server_error: terminal after one spaced retry (Authelia's deny)
	                    */
};

enum poll_action { POLL_ASK, POLL_STOP };

struct poll_step {
	enum poll_action action;
	int64_t at;         /* POLL_ASK: not before this moment */
	enum errcode code;  /* POLL_STOP: E_EXP, E_NET, E_DENY */
	const char *reason; /* POLL_STOP: "dev.expired", "dev.net", "dev.server_error" */
};

struct poll {
	int64_t expires;   /* boot ms */
	int64_t next;      /* boot ms of the earliest next request */
	uint32_t interval; /* seconds, what the server asked for, increments included */
	uint32_t failures; /* in a row */
	uint32_t server_errors;
};

/* After the device authorization response was received at now. deadline (boot ms) caps the lifetime
 * as well. */
void poll_start(
    struct poll *p, uint32_t interval, uint32_t expires_in, int64_t deadline, int64_t now);

/* The step that the state asks for at now: ask at .at, or stop. Stops when .at would be at or past
 * expiry. */
struct poll_step poll_due(const struct poll *p, int64_t now);

/* The answer to a request was received at now; retry_after in seconds, -1 where none was sent or it
 * was no number. */
struct poll_step poll_next(struct poll *p, enum poll_event ev, int64_t retry_after, int64_t now);

#endif
