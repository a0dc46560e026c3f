/* The signature algorithms that a login may use: one row each. RFC 7518, RFC 8037. Pure. */
#ifndef HELPER_OIDC_ALG_H
#define HELPER_OIDC_ALG_H

#include <stdbool.h>
#include <stddef.h>

/* No row is symmetric and none is "none", so no list and no token can name one (C-075, C-105). */
struct alg {
	const char *name;   /* RFC 7518 section 3.1, exact case */
	const char *kty;    /* the only key type that fits */
	const char *crv;    /* "" for RSA */
	const char *group;  /* OpenSSL's name of crv */
	size_t coord;       /* octets of a coordinate, and of R and S */
	const char *digest; /* OpenSSL's name; NULL: the algorithm hashes by itself */
	bool pss;           /* RSASSA-PSS: salt as long as the digest, MGF1 with the same digest */
};

/* NULL: not offered here. */
const struct alg *alg_find(const char *name);

/* The row of that key type and curve, for group and coord; NULL: no algorithm uses it. RFC 7518
 * section 6.2.1.1 and RFC 8037 section 2: a curve belongs to one key type. */
const struct alg *alg_for_curve(const char *kty, const char *crv);

#endif
