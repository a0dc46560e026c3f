/* Authelia's rate limiter (4.39.17 and later): token buckets for each endpoint and address. Pure:
 * time comes in with every call. */
#ifndef MOCK_IDP_LIMITER_H
#define MOCK_IDP_LIMITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LIMITER_BUCKETS 8
#define LIMITER_VISITORS 256 /* who has not come for longest makes room */
#define LIMITER_ADDRESS 48   /* with the NUL; longer ones are cut */

struct limiter_bucket {
	uint32_t period;   /* seconds after which one more request is allowed */
	uint32_t requests; /* at once */
};

struct limiter_visitor {
	const char *endpoint; /* static text */
	char address[LIMITER_ADDRESS];
	int64_t came;                    /* ms */
	int64_t credit[LIMITER_BUCKETS]; /* ms: a request costs a period of its bucket */
};

struct limiter {
	struct limiter_bucket bucket[LIMITER_BUCKETS];
	size_t buckets;            /* 0: off */
	struct limiter_visitor *v; /* NULL until the first one comes */
	size_t n;
};

/*
 * "off", "on" (Authelia's own: 60/30,120/40,600/50,3600/100), or SECONDS/REQUESTS[,...]. False for
 * anything else, and l is as before. Visitors are forgotten.
 */
bool limiter_set(struct limiter *l, const char *text);

/* Forgets the visitors; the buckets stay. */
void limiter_reset(struct limiter *l);
/* Off, and nothing left to free. */
void limiter_clear(struct limiter *l);

/*
 * A request of that visitor. 0: it may pass, and is charged for it (as it may when memory is out).
 * Else the milliseconds after which the fullest of its wants is satisfied: as Authelia has it, the
 * buckets that would have let it pass are charged even so.
 */
int64_t limiter_charge(struct limiter *l, const char *endpoint, const char *address, int64_t now);

/* The last charge of that visitor is given back: its request was answered well. */
void limiter_refund(struct limiter *l, const char *endpoint, const char *address);

#endif
