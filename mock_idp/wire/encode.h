/* A body behind a Content-Encoding: no compression, only the formats, and a bomb. */
#ifndef MOCK_IDP_WIRE_ENCODE_H
#define MOCK_IDP_WIRE_ENCODE_H

#include "common/buf.h"
#include "mock_idp/wire/fault.h"

#define ENCODE_BOMB_SIZE ((size_t)256 * 1024 * 1024) /* what it unpacks to, all zeros */

/*
 * Appends the len bytes to out as they are for FAULT_IDENTITY, as gzip (RFC 1952) or brotli
 * (RFC 7932) of uncompressed blocks; for FAULT_GZIP_BOMB the bomb instead of them.
 */
enum errcode encode_put(struct buf *out, enum fault_encoding encoding, const uint8_t *p, size_t len)
    __attribute__((warn_unused_result));

/* "gzip", "br"; NULL for FAULT_IDENTITY. */
const char *encode_name(enum fault_encoding encoding);

#endif
