/* RSA keys of the library whose primes are all of one form (ROCA, CVE-2017-15361). Pure. */
#ifndef HELPER_OIDC_ROCA_H
#define HELPER_OIDC_ROCA_H

#include <stdbool.h>

#include <openssl/bn.h>

/*
 * Whether the modulus looks like one of that library's: Nemec, Sys, Svenda, Klinec, Matyas, "The
 * Return of Coppersmith's Attack" (CCS 2017), section 3.1. A sound key does by chance once in 2^27.
 */
bool roca_fingerprint(const BIGNUM *n);

#endif
