/* TLS 1.3 records with nothing in them, which no call of a library makes. RFC 8446 section 5. */
#ifndef MOCK_IDP_WIRE_RECORDS_H
#define MOCK_IDP_WIRE_RECORDS_H

#include <openssl/ssl.h>

#include "common/buf.h"

struct records {
	uint8_t secret[64]; /* the server's traffic secret, once the handshake is over */
	size_t len;
};

/* Before the handshake: r, which outlives ssl, gets the secret; and no ticket counts as a record.
 */
void records_listen(SSL *ssl, struct records *r);

/* The callback for all contexts; does nothing for a connection that does not listen. */
void records_keylog(const SSL *ssl, const char *line);

/* After it: n empty records, to be sent below TLS, after which ssl can write no more. NULL when it
 * is no TLS 1.3, or memory is out. buf_free. */
struct buf *records_empty(const SSL *ssl, const struct records *r, size_t n);

#endif
