/* JWTs as they should be, or as a script wants them. RFC 7515, 7518, 7519. */
#ifndef MOCK_IDP_JOSE_MINT_H
#define MOCK_IDP_JOSE_MINT_H

#include <jansson.h>

#include "common/err.h"
#include "mock_idp/ids.h"
#include "mock_idp/jose/keys.h"

#define MINT_MAX ((size_t)16 * 1024 * 1024) /* bytes of a token, and of each of its parts */

/* What a token is made with where the script says nothing. */
struct mint {
	struct keys *keys;     /* those that a script names */
	const struct key *key; /* the provider's own: alg, kid, signature; NULL: E_KEYS */
	const struct ids *ids; /* PSS salts, and whatever else is random */
	const char *secret;    /* the client's, for HS256 and its like; NULL: "secret" */
};

/*
 * The `token` object of a script, before placeholders are filled in:
 *
 *   "alg"     RS256 ... PS512, ES256 ... ES512, EdDSA, HS256 ... HS512, none: the header's, and how
 *             it is signed
 *   "key"     a name (keys.h) or a JWK with its private members; default: the key of alg, or the
 *             provider's own for HS and none
 *   "kid_of"  a name: the header's kid is that key's (default: that of "key"; of the provider's
 *             key where a JWK has none)
 *   "sign"    an algorithm's name other than alg | "none" | "hmac:pem" "hmac:pem-nonl" "hmac:pkcs1"
 *             "hmac:der" "hmac:jwk" "hmac:n" "hmac:xy" "hmac:empty" "hmac:secret" | {"sig":
 *             base64url}
 *   "header", "claims"  {"set": {...}, "drop": [name ...], "text": the whole text instead}
 *   "mutate"  [[name, arg ...] | name ...]: json.* (jsontext.h, "header" or "payload" as the first
 *             argument), sig.*, pss.*, b64.*, seg.* and the others of mutate_*.h
 *   "text"    the whole token; nothing else may stand beside it
 *
 * E_CFG when anything in it cannot be understood; the text begins with the place inside the object
 * (".mutate[0]: unknown mutator b64.padd") or with ": ", to be put behind the caller's own.
 */
enum errcode mint_check(const json_t *spec, struct err *e) __attribute__((warn_unused_result));

/*
 * claims as the provider has them; spec as above with its placeholders filled in, or NULL. *token
 * is a C string, secmem_freestr's to free. E_KEYS, E_FORMAT (what the script asks for does not fit:
 * "sig.r0" of an RSA signature), E_LIMIT, E_NOMEM.
 */
enum errcode mint_token(const struct mint *m, const json_t *claims, const json_t *spec,
    char **token, struct err *e) __attribute__((warn_unused_result));

#endif
