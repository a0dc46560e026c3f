/* A throw-away CA and the server certificate under it. The CA's private key does not outlive
 * certs_make. */
#ifndef MOCK_IDP_WIRE_CERTS_H
#define MOCK_IDP_WIRE_CERTS_H

#include <openssl/ssl.h>

#include "common/err.h"

struct certs {
	X509 *ca;
	X509 *server; /* IP:127.0.0.1, DNS:localhost */
	EVP_PKEY *server_key;
};

/*
 * Valid from an hour before now (wall seconds) for 30 days. With a seed they are the same at any
 * time, and valid for this century.
 */
enum errcode certs_make(struct certs *c, const uint64_t *seed, int64_t now, struct err *e)
    __attribute__((warn_unused_result));
void certs_clear(struct certs *c);

/* The CA certificate as PEM into a fresh file, mode 0644. */
enum errcode certs_write_ca(const struct certs *c, const char *path, struct err *e)
    __attribute__((warn_unused_result));

/* A TLS 1.2+ server context, ALPN http/1.1 when it is offered; NULL on failure. SSL_CTX_free. */
SSL_CTX *certs_server_ctx(const struct certs *c);

#endif
