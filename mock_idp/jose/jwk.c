/* Keys as JSON. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/sha.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/jwk.h"

#define NUMBER_MAX 4096 /* octets */

static json_t *
text_of(const uint8_t *p, size_t len)
{
	char *text = malloc(B64URL_ENCODED(len) + 1);
	json_t *v = NULL;

	if (text != NULL) {
		b64url_encode(text, p, len);
		v = json_string(text);
	}
	secmem_freestr(text);
	return v;
}

json_t *
jwk_number(const BIGNUM *bn, size_t len)
{
	uint8_t raw[NUMBER_MAX];

	if (len == 0)
		len = (size_t)BN_num_bytes(bn);
	if (len > sizeof(raw) || BN_bn2binpad(bn, raw, (int)len) != (int)len)
		return NULL;
	return text_of(raw, len);
}

static bool
put_number(json_t *jwk, const char *name, const BIGNUM *bn, size_t len)
{
	return json_object_set_new(jwk, name, jwk_number(bn, len)) == 0;
}

/* A parameter of the key as a number of the JWK. */
static bool
put_param(json_t *jwk, const char *name, const EVP_PKEY *key, const char *param, size_t len)
{
	BIGNUM *bn = NULL;
	bool ok = EVP_PKEY_get_bn_param(key, param, &bn) == 1 && put_number(jwk, name, bn, len);

	BN_clear_free(bn);
	return ok;
}

/* RFC 7518 section 6.2.1.1 and its registry: NIST's name where there is one. */
static const char *
curve_name(const EVP_PKEY *key, size_t *width, size_t *order)
{
	char group[64];
	EC_GROUP *g = NULL;
	const char *name = NULL;
	int nid;

	if (EVP_PKEY_get_utf8_string_param(
	        key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group), NULL) != 1)
		return NULL;
	if ((nid = EC_curve_nist2nid(group)) == NID_undef)
		nid = OBJ_txt2nid(group);
	if ((g = EC_GROUP_new_by_curve_name(nid)) != NULL) {
		*width = ((size_t)EC_GROUP_get_degree(g) + 7) / 8;
		*order = ((size_t)EC_GROUP_order_bits(g) + 7) / 8;
		name = EC_curve_nid2nist(nid) != NULL ? EC_curve_nid2nist(nid) : OBJ_nid2sn(nid);
	}
	EC_GROUP_free(g);
	return name;
}

static json_t *
ec_jwk(const EVP_PKEY *key, bool private)
{
	size_t width = 0, order = 0;
	const char *crv = curve_name(key, &width, &order);
	json_t *o = crv == NULL ? NULL : json_pack("{s:s, s:s}", "kty", "EC", "crv", crv);

	if (o != NULL && put_param(o, "x", key, OSSL_PKEY_PARAM_EC_PUB_X, width) &&
	    put_param(o, "y", key, OSSL_PKEY_PARAM_EC_PUB_Y, width) &&
	    (!private || put_param(o, "d", key, OSSL_PKEY_PARAM_PRIV_KEY, order)))
		return o;
	json_decref(o);
	return NULL;
}

static json_t *
rsa_jwk(const EVP_PKEY *key, bool private)
{
	static const struct {
		const char *name, *param;
	} row[] = {
		{ "n", OSSL_PKEY_PARAM_RSA_N },
		{ "e", OSSL_PKEY_PARAM_RSA_E },
		{ "d", OSSL_PKEY_PARAM_RSA_D },
		{ "p", OSSL_PKEY_PARAM_RSA_FACTOR1 },
		{ "q", OSSL_PKEY_PARAM_RSA_FACTOR2 },
		{ "dp", OSSL_PKEY_PARAM_RSA_EXPONENT1 },
		{ "dq", OSSL_PKEY_PARAM_RSA_EXPONENT2 },
		{ "qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1 },
	};
	size_t rows = private ? sizeof(row) / sizeof(row[0]) : 2;
	json_t *o = json_pack("{s:s}", "kty", "RSA");

	for (size_t i = 0; i < rows && o != NULL; i++)
		if (!put_param(o, row[i].name, key, row[i].param, 0)) {
			json_decref(o);
			o = NULL;
		}
	return o;
}

static json_t *
okp_jwk(const EVP_PKEY *key, const char *crv, bool private)
{
	uint8_t raw[64];
	size_t len = sizeof(raw);
	json_t *o;

	if (EVP_PKEY_get_raw_public_key(key, raw, &len) != 1)
		return NULL;
	o = json_pack("{s:s, s:s, s:o}", "kty", "OKP", "crv", crv, "x", text_of(raw, len));
	len = sizeof(raw);
	if (private && o != NULL &&
	    (EVP_PKEY_get_raw_private_key(key, raw, &len) != 1 ||
	        json_object_set_new(o, "d", text_of(raw, len)) != 0)) {
		json_decref(o);
		o = NULL;
	}
	return o;
}

static json_t *
jwk_of(const EVP_PKEY *key, bool private)
{
	switch (EVP_PKEY_get_base_id(key)) {
	case EVP_PKEY_RSA:
		return rsa_jwk(key, private);
	case EVP_PKEY_EC:
		return ec_jwk(key, private);
	case EVP_PKEY_ED25519:
		return okp_jwk(key, "Ed25519", private);
	case EVP_PKEY_ED448:
		return okp_jwk(key, "Ed448", private);
	default:
		return NULL;
	}
}

json_t *
jwk_public(const EVP_PKEY *key)
{
	return jwk_of(key, false);
}

json_t *
jwk_private(const EVP_PKEY *key)
{
	return jwk_of(key, true);
}

json_t *
jwk_rsa(const BIGNUM *n, const BIGNUM *e, const BIGNUM *d)
{
	json_t *o = json_pack("{s:s}", "kty", "RSA");

	if (o != NULL && put_number(o, "n", n, 0) && put_number(o, "e", e, 0) &&
	    (d == NULL || put_number(o, "d", d, 0)))
		return o;
	json_decref(o);
	return NULL;
}

bool
jwk_thumbprint(const json_t *jwk, uint8_t md[32])
{
	char *text = json_dumps(jwk, JSON_COMPACT | JSON_SORT_KEYS);

	if (text == NULL)
		return false;
	(void)SHA256((const unsigned char *)text, strlen(text), md);
	secmem_freestr(text);
	return true;
}
