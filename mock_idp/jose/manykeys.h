/* Public keys that nobody has the private ones of, as many as are asked for and cheaply: for key
 * sets that are too long. */
#ifndef MOCK_IDP_JOSE_MANYKEYS_H
#define MOCK_IDP_JOSE_MANYKEYS_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

/* Appends n JWKs of that kty ("RSA": odd numbers of 2048 bits; "EC": points of P-256), all
 * different, kid "000001-rs256" and on. Always the same ones. False: no memory. */
bool manykeys_add(json_t *list, const char *kty, size_t n);

#endif
