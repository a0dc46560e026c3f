/* The signature algorithms of RFC 7518 that a login may use: one row each. Pure. */
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
	const char *digest; /* OpenSSL's name */
	bool pss;           /* RSASSA-PSS: salt as long as the digest, MGF1 with the same digest */
};

/* NULL: not offered here. */
const struct alg *alg_find(const char *name);

/* The row whose curve this is, for group and coord; NULL: no algorithm uses it. */
const struct alg *alg_for_curve(const char *crv);

#endif
