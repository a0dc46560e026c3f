/* What stands in a key that is JSON. */
#include "config.h"

#include <string.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>

#include "common/b64url.h"
#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/pkey.h"

bool
jwkread_octets(const json_t *jwk, const char *name, uint8_t out[JWKREAD_MAX], size_t *len)
{
	const json_t *v = json_object_get(jwk, name);

	/* with its length: what stands behind a NUL is no base64url */
	return json_is_string(v) &&
	    b64url_decode(out, JWKREAD_MAX, len, json_string_value(v), json_string_length(v));
}

BIGNUM *
jwkread_number(const json_t *jwk, const char *name)
{
	uint8_t raw[JWKREAD_MAX];
	size_t len;

	return jwkread_octets(jwk, name, raw, &len) ? BN_bin2bn(raw, (int)len, NULL) : NULL;
}

static EVP_PKEY *
rsa_pkey(const json_t *jwk)
{
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	BIGNUM *n = jwkread_number(jwk, "n"), *e = jwkread_number(jwk, "e");
	EVP_PKEY *key = NULL;

	if (bld != NULL && n != NULL && e != NULL &&
	    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
	    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, e) == 1)
		key = pkey_make("RSA", bld, EVP_PKEY_PUBLIC_KEY);
	OSSL_PARAM_BLD_free(bld);
	BN_free(n);
	BN_free(e);
	return key;
}

static EVP_PKEY *
ec_pkey(const json_t *jwk)
{
	const char *crv = json_string_value(json_object_get(jwk, "crv"));
	uint8_t x[JWKREAD_MAX], y[JWKREAD_MAX], point[1 + 2 * 66];
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	EVP_PKEY *key = NULL;
	size_t nx, ny;

	if (bld != NULL && crv != NULL && jwkread_octets(jwk, "x", x, &nx) &&
	    jwkread_octets(jwk, "y", y, &ny) && nx == ny && nx <= 66) {
		point[0] = POINT_CONVERSION_UNCOMPRESSED;
		memcpy(point + 1, x, nx);
		memcpy(point + 1 + nx, y, ny);
		if (OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME, crv, 0) == 1 &&
		    OSSL_PARAM_BLD_push_octet_string(
		        bld, OSSL_PKEY_PARAM_PUB_KEY, point, 1 + nx + ny) == 1)
			key = pkey_make("EC", bld, EVP_PKEY_PUBLIC_KEY);
	}
	OSSL_PARAM_BLD_free(bld);
	return key;
}

static EVP_PKEY *
okp_pkey(const json_t *jwk)
{
	const char *crv = json_string_value(json_object_get(jwk, "crv"));
	uint8_t x[JWKREAD_MAX];
	size_t len;

	if (crv == NULL || !jwkread_octets(jwk, "x", x, &len))
		return NULL;
	return EVP_PKEY_new_raw_public_key_ex(NULL, crv, NULL, x, len);
}

/* What a key type signs with. */
static const struct type {
	const char *kty, *needs[2];
	EVP_PKEY *(*pkey)(const json_t *);
} types[] = {
	{ "RSA", { "n", "d" }, rsa_pkey },
	{ "EC", { "crv", "d" }, ec_pkey },
	{ "OKP", { "crv", "d" }, okp_pkey },
	{ "oct", { "k", NULL }, NULL },
};

static const struct type *
type_of(const json_t *jwk)
{
	const char *kty = json_string_value(json_object_get(jwk, "kty"));

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]) && kty != NULL; i++)
		if (strcmp(types[i].kty, kty) == 0)
			return &types[i];
	return NULL;
}

EVP_PKEY *
jwkread_pkey(const json_t *jwk)
{
	const struct type *t = type_of(jwk);

	return t == NULL || t->pkey == NULL ? NULL : t->pkey(jwk);
}

enum errcode
jwkread_check(const json_t *jwk, struct err *e)
{
	const struct type *t = type_of(jwk);
	uint8_t raw[JWKREAD_MAX];
	size_t len;

	if (t == NULL)
		return err_set(e, E_CFG, NULL, ".kty: must be RSA, EC, OKP or oct");
	for (size_t i = 0; i < 2 && t->needs[i] != NULL; i++) {
		const char *name = t->needs[i];
		const json_t *v = json_object_get(jwk, name);

		if (v == NULL)
			return err_set(e, E_CFG, NULL, ".%s: is missing", name);
		if (strcmp(name, "crv") == 0 ? !json_is_string(v)
		                             : !jwkread_octets(jwk, name, raw, &len))
			return err_set(e, E_CFG, NULL, ".%s: is not %s", name,
			    strcmp(name, "crv") == 0 ? "a text" : "base64url");
	}
	return E_OK;
}
