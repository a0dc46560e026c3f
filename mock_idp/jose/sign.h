/* Well-formed signed tokens, made by libjwt: signatures that no code of this project made. */
#ifndef MOCK_IDP_JOSE_SIGN_H
#define MOCK_IDP_JOSE_SIGN_H

#include <jansson.h>

#include "mock_idp/jose/keys.h"

/* Compact JWS of claims under k, header {alg, kid, typ}; *token is secmem_freestr's to free. Under
 * a seeded key the same claims are the same token. */
enum errcode sign_token(const struct key *k, const json_t *claims, char **token, struct err *e)
    __attribute__((warn_unused_result));

#endif
