/* The signature alone, over any octets, with a key that is JSON and may be unfit: code of our own
 * and OpenSSL's parts, deterministic but for PSS salts. */
#ifndef MOCK_IDP_JOSE_SIGNATURE_H
#define MOCK_IDP_JOSE_SIGNATURE_H

#include <jansson.h>

#include "common/buf.h"
#include "common/err.h"
#include "mock_idp/ids.h"
#include "mock_idp/jose/alg.h"

#define SIGNATURE_MAX ((size_t)8192) /* a buffer's limit that is enough for every one */

struct signature {
	const struct alg *alg;
	const json_t *key;     /* private: jwkread_check */
	const struct ids *ids; /* of PSS salts */
	long salt;             /* octets of a PSS salt; -1: as long as the hash */
	const char *mgf1;      /* hash of PSS's mask; NULL: the algorithm's */
	unsigned more;         /* ECDSA: 0, or the number of another signature of the same */
	const char *pad;       /* of PKCS #1, as rsa.h has it; NULL: right */
};

/* Appends the octets to sig; none for "none". ECDSA takes the curve of the key, whatever the
 * algorithm says. E_FORMAT: key and algorithm do not go together, or the hash does not fit in the
 * key. E_NOMEM, E_LIMIT. */
enum errcode signature_make(const struct signature *how, const void *msg, size_t len,
    struct buf *sig, struct err *e) __attribute__((warn_unused_result));

#endif
