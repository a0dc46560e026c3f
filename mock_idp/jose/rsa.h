/* RSA signatures with any numbers, unfit ones too: RFC 8017 sections 8.1 (PSS) and 8.2 (PKCS #1
 * v1.5) from the padding to the exponentiation. */
#ifndef MOCK_IDP_JOSE_RSA_H
#define MOCK_IDP_JOSE_RSA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/bn.h>

#define RSA_SIGNATURE_MAX 4096 /* octets */

struct rsa {
	const BIGNUM *n, *d;
	const char *digest; /* "SHA256", "SHA384", "SHA512" */
	bool pss;
	const char *mgf1;    /* of PSS: the mask's hash, any of OpenSSL's */
	const uint8_t *salt; /* of PSS */
	size_t saltlen;
	const char *pad; /* of PKCS #1: how it is padded wrongly; NULL: rightly */
};

/*
 * pad: "type2" (block type 2), "nonull" (a DigestInfo whose algorithm has no NULL), "bare" (the
 * hash without DigestInfo), "junk" (eight FF, and junk behind the hash: CVE-2006-4339).
 *
 * The signature, as many octets as n has; 0: what is to be signed does not fit in, or no memory.
 */
size_t rsa_sign(const struct rsa *how, const void *msg, size_t len, uint8_t sig[RSA_SIGNATURE_MAX]);

#endif
