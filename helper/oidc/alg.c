/* The signature algorithms that a login may use. */
#include "config.h"

#include <string.h>

#include "helper/oidc/alg.h"

static const struct alg table[] = {
	{ "RS256", "RSA", "", "", 0, "SHA256", false },
	{ "RS384", "RSA", "", "", 0, "SHA384", false },
	{ "RS512", "RSA", "", "", 0, "SHA512", false },
	{ "PS256", "RSA", "", "", 0, "SHA256", true },
	{ "PS384", "RSA", "", "", 0, "SHA384", true },
	{ "PS512", "RSA", "", "", 0, "SHA512", true },
	{ "ES256", "EC", "P-256", "prime256v1", 32, "SHA256", false },
	{ "ES384", "EC", "P-384", "secp384r1", 48, "SHA384", false },
	{ "ES512", "EC", "P-521", "secp521r1", 66, "SHA512", false },
	{ "EdDSA", "OKP", "Ed25519", "ED25519", 32, NULL, false },
};

#define ROWS (sizeof(table) / sizeof(table[0]))

const struct alg *
alg_find(const char *name)
{
	for (size_t i = 0; i < ROWS; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

const struct alg *
alg_for_curve(const char *kty, const char *crv)
{
	for (size_t i = 0; i < ROWS && crv[0] != '\0'; i++)
		if (strcmp(table[i].kty, kty) == 0 && strcmp(table[i].crv, crv) == 0)
			return &table[i];
	return NULL;
}
