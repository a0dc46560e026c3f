/*
 * What a scenario says is on the wire ("shows"), held against what was seen. Each entry is
 *
 *   "at"       an endpoint, or "connect"; "nth" which request to it (1); "grant": "refresh_token"
 *   "status"   number · "curl" exit code of libcurl, or an array of those that will do
 *   "type"     ERE on the content type, null: none · "header" {name: ERE} · "location" ERE
 *   "json"     part of the body: members of objects and elements of arrays that are there; null:
 *              the member is not there, or null; a name that begins with '/' is a JSON pointer
 *   "body"     ERE, printable ASCII as it is, every other byte \xNN · "lacks" ERE that does not
 * match "bytes"    of the body, at least · "ms" that it took, at least · "keys" how many there are
 *   "raw"      ERE on the bytes behind the handshake · "raw_lacks" · "raw_bytes" at least ·
 *              "records" of TLS, at least
 *   "tls"      {"handshake", "version", "verify" ERE, "chain", "close_notify"}
 *   "jose", "claims"  as "json", of the ID token's header and payload, leniently decoded
 *   "jose_text", "claims_text", "token"  ERE on their texts · "sig" ERE on its hexadecimal digits
 *   "trailing" the segment whose unused bits are not zero
 *   "verifies" true or false: by OpenSSL under the key of the set; "later": not under the set that
 *              was read before the token, but under the one after it
 *
 * Placeholders are filled in already.
 */
#ifndef TESTS_SUPPORT_IDP_SHOWS_H
#define TESTS_SUPPORT_IDP_SHOWS_H

#include <stdbool.h>

#include <jansson.h>

/* seen is what walk.h writes down about that request; NULL: nothing. why holds the first fact that
 * does not hold, 256 bytes. */
bool shows_hold(const json_t *entry, const json_t *seen, char why[256]);

#endif
