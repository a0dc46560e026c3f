/* What a connection's TLS is made with. */
#ifndef MOCK_IDP_WIRE_TLSCTX_H
#define MOCK_IDP_WIRE_TLSCTX_H

#include <openssl/ssl.h>

#include "mock_idp/wire/certs.h"

/*
 * A server context: TLS 1.2+, the good certificate, ALPN http/1.1 when it is offered; or as the
 * fault wants it (NULL: none). NULL on failure. SSL_CTX_free.
 */
SSL_CTX *tlsctx_new(struct certs *c, const struct tlsfault *f);

#endif
