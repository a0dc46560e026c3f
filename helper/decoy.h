/*
 * The decoy: a stranger's name gets the screen that a known one gets, without a request (design
 * section 6). What it imitates is remembered from this issuer's last answer; before the first,
 * Authelia's habits stand in.
 */
#ifndef HELPER_DECOY_H
#define HELPER_DECOY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/clock.h"
#include "common/err.h"
#include "helper/ipc.h"

#define DECOY_FILE "decoy" /* in the cache folder */
#define DECOY_WAIT_MAX_MS 10000

/* What a provider's answer looked like. */
struct decoy {
	char *issuer;
	char *verification_uri;
	char *complete_prefix; /* verification_uri_complete without the code at its end; "" when
	                          there was none */
	char *shape;           /* one character a place: 'x' for one of alphabet, else itself */
	char *alphabet;
	uint32_t expires_in, interval; /* seconds */
	uint32_t prepare_ms;           /* from the start to the screen */
};

/* Learns from a real answer. */
enum errcode decoy_learn(struct decoy *d, const char *issuer, const struct ipc_code *code,
    uint32_t prepare_ms, struct err *e) __attribute__((warn_unused_result));

/* Reads the file of the folder; what is missing, foreign, malformed or of another issuer is
 * replaced by the habits. */
enum errcode decoy_load(struct decoy *d, const char *dir, const char *issuer, struct err *e)
    __attribute__((warn_unused_result));
enum errcode decoy_store(const struct decoy *d, const char *dir, struct err *e)
    __attribute__((warn_unused_result));
void decoy_clear(struct decoy *d);

/* Whether a stranger would be shown the same; how long the screen took does not count. */
bool decoy_is_same(const struct decoy *a, const struct decoy *b);

/* Milliseconds that one request may seem to take where all of the preparation took prepare_ms: a
 * quarter to a half. */
int64_t decoy_latency(uint32_t prepare_ms);

/* An answer that looks like one of the provider's; ipc_clear of an IPC_CODE message frees it. */
enum errcode decoy_code(struct ipc_code *out, const struct decoy *d, struct err *e)
    __attribute__((warn_unused_result));

#endif
