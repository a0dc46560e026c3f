/* The octets that a careless verifier takes for an HMAC secret: a public key in one of its forms.
 * RFC 8725 section 2.1, CVE-2016-10555 and its like. */
#ifndef MOCK_IDP_JOSE_PUBFORM_H
#define MOCK_IDP_JOSE_PUBFORM_H

#include <stdbool.h>

#include <jansson.h>

#include "common/buf.h"
#include "common/err.h"

#define PUBFORM_MAX ((size_t)4096) /* octets */

/*
 *   pem, pem-nonl  SubjectPublicKeyInfo as PEM, with its last line feed or without
 *   der            the same as DER
 *   pkcs1          RSAPublicKey as PEM
 *   jwk            the JWK's text as the key set has it
 *   n              an RSA key's modulus
 *   xy             x and y of an EC key, side by side; x of an OKP key
 *   empty          nothing
 */
bool pubform_is(const char *form);

/* Appends that form of the public key; E_FORMAT: the key has no such form. E_NOMEM, E_LIMIT. */
enum errcode pubform_put(struct buf *out, const char *form, const json_t *jwk, struct err *e)
    __attribute__((warn_unused_result));

#endif
