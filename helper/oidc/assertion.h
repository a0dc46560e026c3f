/* The signed statement by which this client proves itself: a JWT. RFC 7523 section 3, OpenID
 * Connect Core section 9. Pure but for the random jti. */
#ifndef HELPER_OIDC_ASSERTION_H
#define HELPER_OIDC_ASSERTION_H

#include <stdint.h>

#include "common/err.h"
#include "helper/oidc/client_key.h"

#define ASSERTION_TYPE "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#define ASSERTION_SECRET_MIN 32 /* bytes of a secret for HS256, RFC 7518 section 3.2 */

/* Seconds. Whoever gets hold of one has that long, and its jti serves once. iat is that much before
 * now, for a clock of ours that is ahead: providers refuse what comes from the future. */
#define ASSERTION_LIFE 60
#define ASSERTION_BACK 10

/* All borrowed. key, else secret under HS256. */
struct assertion {
	const struct client_key *key;
	const char *secret;
	const char *key_id; /* NULL: the header names none */
	const char *client_id;
	const char *audience;
	int64_t now; /* wall clock */
};

/* A fresh one, of one request: jti is 128 random bits. *out: secmem_freestr. E_CFG cfg.secret where
 * the secret is too short, E_SYS. */
enum errcode assertion_make(char **out, const struct assertion *a, struct err *e)
    __attribute__((warn_unused_result));

#endif
