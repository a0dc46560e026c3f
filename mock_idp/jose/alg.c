/* The algorithms that a JWT's header can name. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/alg.h"

static const struct alg table[ALG_COUNT] = {
	{ ALG_RS256, "RS256", ALG_PKCS1, "rs256", "RSA", "", "SHA256", 32, 0 },
	{ ALG_RS384, "RS384", ALG_PKCS1, "rs384", "RSA", "", "SHA384", 48, 0 },
	{ ALG_RS512, "RS512", ALG_PKCS1, "rs512", "RSA", "", "SHA512", 64, 0 },
	{ ALG_PS256, "PS256", ALG_PSS, "ps256", "RSA", "", "SHA256", 32, 0 },
	{ ALG_PS384, "PS384", ALG_PSS, "ps384", "RSA", "", "SHA384", 48, 0 },
	{ ALG_PS512, "PS512", ALG_PSS, "ps512", "RSA", "", "SHA512", 64, 0 },
	{ ALG_ES256, "ES256", ALG_ECDSA, "es256", "EC", "P-256", "SHA256", 32, 32 },
	{ ALG_ES384, "ES384", ALG_ECDSA, "es384", "EC", "P-384", "SHA384", 48, 48 },
	{ ALG_ES512, "ES512", ALG_ECDSA, "es512", "EC", "P-521", "SHA512", 64, 66 },
	{ ALG_EDDSA, "EdDSA", ALG_ED, "ed25519", "OKP", "Ed25519", "", 0, 0 },
	{ ALG_HS256, "HS256", ALG_HMAC, "", "oct", "", "SHA256", 32, 0 },
	{ ALG_HS384, "HS384", ALG_HMAC, "", "oct", "", "SHA384", 48, 0 },
	{ ALG_HS512, "HS512", ALG_HMAC, "", "oct", "", "SHA512", 64, 0 },
	{ ALG_NONE, "none", ALG_UNSIGNED, "", "", "", "", 0, 0 },
};

const struct alg *
alg_find(const char *name)
{
	for (size_t i = 0; i < ALG_COUNT; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

const struct alg *
alg_row(enum alg_id id)
{
	return &table[id];
}
