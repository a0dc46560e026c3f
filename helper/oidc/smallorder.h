/* Ed25519 keys under which anybody can sign. RFC 8032 section 5.1. Pure. */
#ifndef HELPER_OIDC_SMALLORDER_H
#define HELPER_OIDC_SMALLORDER_H

#include <stdbool.h>
#include <stdint.h>

#define SMALLORDER_OCTETS 32

/*
 * Whether the key is a point whose order divides 8, in any spelling: signatures that hold for any
 * message, or for every eighth, are then known to everybody. OpenSSL imports and verifies with it.
 */
bool smallorder_is(const uint8_t key[SMALLORDER_OCTETS]);

#endif
