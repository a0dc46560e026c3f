/* A public key that a client registered as a JWK. */
#include "config.h"

#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>

#include "common/b64url.h"
#include "mock_idp/jose/jwkpub.h"

#define NUMBER_MAX 1024 /* octets of the longest member */
#define POINT_MAX 133   /* octets of an uncompressed point on P-521 */

static const struct curve {
	const char *name, *openssl;
	size_t coord;
} curves[] = {
	{ "P-256", "prime256v1", 32 },
	{ "P-384", "secp384r1", 48 },
	{ "P-521", "secp521r1", 66 },
};

/* A base64url member, decoded; 0 when there is none that fits. */
static size_t
octets(const json_t *jwk, const char *name, uint8_t *out, size_t size)
{
	const json_t *v = json_object_get(jwk, name);
	size_t n = 0;

	if (!json_is_string(v) ||
	    !b64url_decode(out, size, &n, json_string_value(v), json_string_length(v)))
		return 0;
	return n;
}

static EVP_PKEY *
from_builder(const char *type, OSSL_PARAM_BLD *bld)
{
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(bld);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;

	if (params != NULL && ctx != NULL && EVP_PKEY_fromdata_init(ctx) == 1 &&
	    EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);
	OSSL_PARAM_free(params);
	return key;
}

static EVP_PKEY *
read_rsa(const json_t *jwk)
{
	uint8_t n[NUMBER_MAX], e[8];
	size_t nlen = octets(jwk, "n", n, sizeof(n)), elen = octets(jwk, "e", e, sizeof(e));
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	BIGNUM *bn = BN_bin2bn(n, (int)nlen, NULL), *be = BN_bin2bn(e, (int)elen, NULL);
	EVP_PKEY *key = NULL;

	if (bld != NULL && bn != NULL && be != NULL && elen > 0 && BN_num_bits(bn) >= 2048 &&
	    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, bn) == 1 &&
	    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, be) == 1)
		key = from_builder("RSA", bld);
	BN_free(bn);
	BN_free(be);
	OSSL_PARAM_BLD_free(bld);
	return key;
}

static const struct curve *
find_curve(const json_t *jwk)
{
	const char *crv = json_string_value(json_object_get(jwk, "crv"));

	for (size_t i = 0; crv != NULL && i < sizeof(curves) / sizeof(curves[0]); i++)
		if (strcmp(curves[i].name, crv) == 0)
			return &curves[i];
	return NULL;
}

static EVP_PKEY *
read_ec(const json_t *jwk)
{
	const struct curve *c = find_curve(jwk);
	uint8_t point[POINT_MAX] = { POINT_CONVERSION_UNCOMPRESSED };
	OSSL_PARAM_BLD *bld;
	EVP_PKEY *key = NULL;

	/* section 6.2.1.2: each coordinate has the full length */
	if (c == NULL || octets(jwk, "x", point + 1, c->coord) != c->coord ||
	    octets(jwk, "y", point + 1 + c->coord, c->coord) != c->coord ||
	    (bld = OSSL_PARAM_BLD_new()) == NULL)
		return NULL;
	if (OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME, c->openssl, 0) == 1 &&
	    OSSL_PARAM_BLD_push_octet_string(
	        bld, OSSL_PKEY_PARAM_PUB_KEY, point, 1 + 2 * c->coord) == 1)
		key = from_builder("EC", bld);
	OSSL_PARAM_BLD_free(bld);
	return key;
}

static EVP_PKEY *
read_okp(const json_t *jwk)
{
	const char *crv = json_string_value(json_object_get(jwk, "crv"));
	uint8_t x[32];

	if (crv == NULL || strcmp(crv, "Ed25519") != 0 ||
	    octets(jwk, "x", x, sizeof(x)) != sizeof(x))
		return NULL;
	return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, x, sizeof(x));
}

EVP_PKEY *
jwkpub_read(const json_t *jwk)
{
	static const struct {
		const char *kty;
		EVP_PKEY *(*read)(const json_t *);
	} types[] = { { "RSA", read_rsa }, { "EC", read_ec }, { "OKP", read_okp } };
	const char *kty = json_string_value(json_object_get(jwk, "kty"));

	for (size_t i = 0; kty != NULL && i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i].kty, kty) == 0)
			return types[i].read(jwk);
	return NULL;
}

static json_t *
coordinate(const EVP_PKEY *key, const char *param)
{
	char text[B64URL_ENCODED(32) + 1];
	uint8_t raw[32];
	BIGNUM *bn = NULL;
	json_t *v = NULL;

	if (EVP_PKEY_get_bn_param(key, param, &bn) == 1 &&
	    BN_bn2binpad(bn, raw, sizeof(raw)) == sizeof(raw)) {
		b64url_encode(text, raw, sizeof(raw));
		v = json_string(text);
	}
	BN_free(bn);
	return v;
}

json_t *
jwkpub_write(const EVP_PKEY *key)
{
	return json_pack("{s:s, s:s, s:o, s:o}", "kty", "EC", "crv", "P-256", "x",
	    coordinate(key, OSSL_PKEY_PARAM_EC_PUB_X), "y",
	    coordinate(key, OSSL_PKEY_PARAM_EC_PUB_Y));
}
