/* Whose key signs a token, how, and what its header says about that: a script's words, or the
 * provider's own. */
#ifndef MOCK_IDP_JOSE_MINTKEY_H
#define MOCK_IDP_JOSE_MINTKEY_H

#include <jansson.h>

#include "common/err.h"
#include "mock_idp/jose/keys.h"

struct mintkey {
	const struct alg *alg;   /* the header's */
	const struct alg *sign;  /* how it is signed */
	const char *kid;         /* the header's; the key's, or the script's */
	json_t *priv;            /* owned; the key that signs */
	const char *curve;       /* of an ECDSA signature's key, in priv; NULL: no ECDSA */
	const char *octets;      /* these octets, as base64url, instead of a signature; or NULL */
	const struct key *named; /* libjwt can sign with this one; NULL: it cannot */
	const char *secret;      /* and with this under HS */
};

/* What a script can say. E_CFG: the text begins with the place, ".key: ..." */
enum errcode mintkey_check(const json_t *spec, struct err *e) __attribute__((warn_unused_result));

/*
 * For a spec that was checked, or NULL. own: the provider's key; secret: the client's. E_KEYS: a
 * key cannot be made. E_FORMAT: it has not the form that an HMAC is to be keyed with.
 */
enum errcode mintkey_make(struct mintkey *k, struct keys *keys, const struct key *own,
    const char *secret, const json_t *spec, struct err *e) __attribute__((warn_unused_result));
void mintkey_clear(struct mintkey *k);

#endif
