/* ECDSA whose nonce comes from key and message, not from a generator. RFC 6979. */
#ifndef MOCK_IDP_JOSE_ECDSA_H
#define MOCK_IDP_JOSE_ECDSA_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/bn.h>

#define ECDSA_MAX 132 /* octets of the longest signature, P-521's */

struct ecdsa {
	const char *curve;  /* "P-256", "secp256k1": any that OpenSSL has, up to 528 bits */
	const char *digest; /* "SHA256" */
	const BIGNUM *priv;
	unsigned more; /* 0, or the number of another, as valid signature (section 3.6) */
};

/* R and S side by side, each as long as the group's order (RFC 7518 section 3.4); how many octets,
 * or 0: no such curve, no number of its group. */
size_t ecdsa_sign(const struct ecdsa *how, const void *msg, size_t len, uint8_t sig[ECDSA_MAX]);

/* The order of a curve; NULL: no such curve. BN_free. */
BIGNUM *ecdsa_order(const char *curve);

#endif
