/* The algorithms that a JWT's header can name: RFC 7518 section 3.1, RFC 8037; one row each. */
#ifndef MOCK_IDP_JOSE_ALG_H
#define MOCK_IDP_JOSE_ALG_H

#include <stdbool.h>
#include <stddef.h>

enum alg_kind { ALG_PKCS1, ALG_PSS, ALG_ECDSA, ALG_ED, ALG_HMAC, ALG_UNSIGNED };

/* Rows of the table. Those of public keys come first: each has a key (keys.h). */
enum alg_id {
	ALG_RS256,
	ALG_RS384,
	ALG_RS512,
	ALG_PS256,
	ALG_PS384,
	ALG_PS512,
	ALG_ES256,
	ALG_ES384,
	ALG_ES512,
	ALG_EDDSA,
	ALG_PUBLIC, /* how many there are of these */
	ALG_HS256 = ALG_PUBLIC,
	ALG_HS384,
	ALG_HS512,
	ALG_NONE,
	ALG_COUNT
};

struct alg {
	enum alg_id id;
	const char *name; /* exact case */
	enum alg_kind kind;
	const char *key;    /* the name of its key, "rs256"; "" for HS and none */
	const char *kty;    /* "RSA", "EC", "OKP", "oct", "" */
	const char *crv;    /* "P-256", "Ed25519"; "" where kty says all */
	const char *digest; /* OpenSSL's name; "" where there is none to choose */
	size_t hash;        /* its octets */
	size_t coord;       /* octets of R and of S; 0 unless ECDSA */
};

/* NULL: no such name, in exactly this case. */
const struct alg *alg_find(const char *name);

const struct alg *alg_row(enum alg_id id);

#endif
