/* RSA keys that no relying party should take, each with everything that it takes to sign. TEST
 * MATERIAL as primes.h. */
#ifndef MOCK_IDP_JOSE_UNFIT_H
#define MOCK_IDP_JOSE_UNFIT_H

#include <jansson.h>

/*
 * A private JWK: kty n e d. A new reference; NULL when there is none of that name, or no memory.
 *
 *   rsa512 rsa1024 rsa2047   too short
 *   rsa16384                 too long: sixteen primes
 *   rsa-e1                   e is 1: a signature is the padded hash itself
 *   rsa-e3                   e is 3
 *   rsa-even                 one of its three primes is 2
 *   rsa-roca                 primes as CVE-2017-15361 made them
 */
json_t *unfit_jwk(const char *name);

#endif
