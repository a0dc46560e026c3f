/* Is a client's signature what its header says? RFC 7518 section 3, RFC 8037. */
#ifndef MOCK_IDP_JOSE_VERIFY_H
#define MOCK_IDP_JOSE_VERIFY_H

#include "mock_idp/jose/alg.h"
#include "mock_idp/jose/compact.h"

/* HS256, HS384, HS512 with that secret; any other algorithm is false. */
bool verify_hmac(const struct alg *a, const char *secret, const struct compact *c);

/* Under that public key: RS, PS, ES and EdDSA. False also for a key that is not made for the
 * algorithm, by its type and curve or by what its own "alg" and "use" say. */
bool verify_jwk(const struct alg *a, const json_t *jwk, const struct compact *c);

#endif
