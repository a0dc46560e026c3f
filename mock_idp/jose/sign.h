/* Well-formed signed tokens, made by libjwt: signatures that no code of this project made. */
#ifndef MOCK_IDP_JOSE_SIGN_H
#define MOCK_IDP_JOSE_SIGN_H

#include <jansson.h>

#include "mock_idp/jose/keys.h"

struct sign {
	const struct alg *alg;
	const struct key *key; /* one that OpenSSL made, of alg's type; its kid is the header's */
	const char *secret;    /* of HS256 and its like */
};

/* RS, ES and HS: what every libjwt from 1.10 on can. */
bool sign_can(const struct alg *alg);

/* Compact JWS of claims, header {alg, kid, typ}; *token is secmem_freestr's to free. Under a seeded
 * key the same claims are the same token. E_KEYS. */
enum errcode sign_token(const struct sign *s, const json_t *claims, char **token, struct err *e)
    __attribute__((warn_unused_result));

#endif
