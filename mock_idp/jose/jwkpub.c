/* A public key that a client registered as a JWK. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jwkpub.h"
#include "mock_idp/jose/jwkread.h"

#define RSA_BITS_MIN 2048
#define RSA_BITS_MAX 8192
#define EXPONENT_MAX 8 /* octets */

/* Is it a number of exactly that many octets? */
static bool
has_octets(const json_t *jwk, const char *name, size_t want)
{
	uint8_t raw[JWKREAD_MAX];
	size_t len;

	return jwkread_octets(jwk, name, raw, &len) && len == want;
}

static bool
fit_rsa(const json_t *jwk)
{
	BIGNUM *n = jwkread_number(jwk, "n");
	uint8_t e[JWKREAD_MAX];
	size_t len = 0;
	bool fit = n != NULL && BN_num_bits(n) >= RSA_BITS_MIN && BN_num_bits(n) <= RSA_BITS_MAX &&
	    jwkread_octets(jwk, "e", e, &len) && len > 0 && len <= EXPONENT_MAX;

	BN_free(n);
	return fit;
}

/* RFC 7518 section 6.2.1.2, RFC 8037 section 2: each coordinate has the full length. */
static bool
fit_curve(const json_t *jwk)
{
	static const struct {
		const char *kty, *crv;
		size_t coord;
	} curves[] = { { "EC", "P-256", 32 }, { "EC", "P-384", 48 }, { "EC", "P-521", 66 },
		{ "OKP", "Ed25519", 32 } };
	const char *kty = json_string_value(json_object_get(jwk, "kty")),
	           *crv = json_string_value(json_object_get(jwk, "crv"));

	for (size_t i = 0; crv != NULL && i < sizeof(curves) / sizeof(curves[0]); i++)
		if (strcmp(curves[i].kty, kty) == 0 && strcmp(curves[i].crv, crv) == 0)
			return has_octets(jwk, "x", curves[i].coord) &&
			    (strcmp(kty, "OKP") == 0 || has_octets(jwk, "y", curves[i].coord));
	return false;
}

EVP_PKEY *
jwkpub_read(const json_t *jwk)
{
	const char *kty = json_string_value(json_object_get(jwk, "kty"));

	if (kty == NULL || !(strcmp(kty, "RSA") == 0 ? fit_rsa(jwk) : fit_curve(jwk)))
		return NULL;
	return jwkread_pkey(jwk);
}
