/* The name that a certificate must be for, checked by OpenSSL itself. */
#ifndef HELPER_WORKER_PEER_H
#define HELPER_WORKER_PEER_H

#include <stdbool.h>

/*
 * Has the handshakes of an SSL_CTX refuse a certificate whose subjectAltName does not name host (a
 * DNS name, an IPv4 address, or an IPv6 one in brackets), and never look at the subject's common
 * name: libcurl falls back to it where a certificate has no subjectAltName at all, even for an
 * address. RFC 9525 sections 2 and 6.3; H-10. False: the context was not changed.
 */
bool peer_must_be(void *ssl_ctx, const char *host);

#endif
