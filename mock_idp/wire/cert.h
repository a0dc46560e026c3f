/* One certificate. RFC 5280. */
#ifndef MOCK_IDP_WIRE_CERT_H
#define MOCK_IDP_WIRE_CERT_H

#include <stdint.h>

#include <openssl/x509.h>

struct cert_ext {
	int nid;
	const char *value; /* as in a configuration file of OpenSSL; NULL ends the list */
};

struct cert_order {
	const uint64_t *seed; /* decides the serial number together with use; NULL: random */
	const char *use;      /* not the same for two certificates of one issuer */
	const char *cn;
	int64_t from, to; /* wall seconds */
	EVP_PKEY *key;
	X509 *issuer; /* NULL: itself */
	EVP_PKEY *issuer_key;
	const struct cert_ext *ext;
};

/* NULL when it cannot. X509_free. */
X509 *cert_make(const struct cert_order *o);

#endif
