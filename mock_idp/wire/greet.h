/* What a client meets where it expects TLS. */
#ifndef MOCK_IDP_WIRE_GREET_H
#define MOCK_IDP_WIRE_GREET_H

#include "common/buf.h"
#include "mock_idp/wire/fault.h"

/* The bytes that answer the client's hello, by FAULT_PLAIN or FAULT_GARBAGE; NULL when out of
 * memory. Garbage is the same for the same id, and no TLS record. buf_free. */
struct buf *greet_bytes(const struct fault *f, uint64_t id);

#endif
