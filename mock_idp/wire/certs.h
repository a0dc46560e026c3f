/* A throw-away CA, the server certificate under it, and those that a client must refuse. */
#ifndef MOCK_IDP_WIRE_CERTS_H
#define MOCK_IDP_WIRE_CERTS_H

#include <stdbool.h>
#include <stdint.h>

#include <openssl/x509.h>

#include "common/err.h"
#include "mock_idp/wire/tlsfault.h"

#define CERTS_HOST_MAX 56 /* with the NUL: an address, a name */

struct certs_pair {
	X509 *cert; /* NULL: not made yet */
	EVP_PKEY *key;
};

struct certs {
	char host[CERTS_HOST_MAX], name[CERTS_HOST_MAX];
	bool seeded;
	uint64_t seed;
	int64_t now;
	struct certs_pair ca; /* its key dies with us; nobody else ever trusts it */
	struct certs_pair other_ca, intermediate;
	struct certs_pair leaf[TLSFAULT_CERTS];
};

/*
 * The CA, and the good certificate for that address and that name ("localhost"): valid from an hour
 * before now (wall seconds) for 30 days. With a seed they are the same at any time, and valid for
 * this century; but the key of the weak one is always fresh.
 */
enum errcode certs_make(struct certs *c, const char *host, const char *name, const uint64_t *seed,
    int64_t now, struct err *e) __attribute__((warn_unused_result));
void certs_clear(struct certs *c);

/* The certificate of that kind, made now if nobody asked before; borrowed. NULL when it cannot be
 * made. *chain: what the server sends beside it, NULL for nothing. */
const struct certs_pair *certs_get(struct certs *c, enum tlsfault_cert kind, X509 **chain);

/* The CA certificate as PEM into a fresh file, mode 0644. */
enum errcode certs_write_ca(const struct certs *c, const char *path, struct err *e)
    __attribute__((warn_unused_result));

#endif
