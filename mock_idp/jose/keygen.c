/*
 * Fresh keys, or the keys of a seed. OpenSSL's generators cannot be seeded without replacing the
 * generator of the whole process, TLS included (and how many bytes they take differs between its
 * releases): a seed's numbers are therefore found here, and OpenSSL is given the result.
 */
#include "config.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "mock_idp/drbg.h"
#include "mock_idp/jose/keygen.h"

#define HALF 128 /* bytes of a prime */
#define EXPONENT 65537

static EVP_PKEY *
from_params(const char *type, OSSL_PARAM_BLD *bld)
{
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(bld);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;

	if (params == NULL || ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_KEYPAIR, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);
	OSSL_PARAM_free(params);
	return key;
}

/* The first prime from the stream's next number on whose p - 1 the exponent does not divide. */
static bool
find_prime(struct drbg *d, BIGNUM *p, BN_CTX *ctx)
{
	uint8_t raw[HALF];
	int is = 0;

	(void)drbg_fill(d, raw, sizeof(raw));
	raw[0] |= 0xc0; /* the product has all its bits */
	raw[HALF - 1] |= 1;
	if (BN_bin2bn(raw, HALF, p) == NULL)
		return false;
	while (is == 0) {
		if (BN_add_word(p, 2) != 1)
			return false;
		if (BN_mod_word(p, EXPONENT) != 1 && (is = BN_check_prime(p, ctx, NULL)) < 0)
			return false;
	}
	return true;
}

struct rsa_numbers {
	BIGNUM *p, *q, *n, *e, *d, *dp, *dq, *qi, *p1, *q1, *phi;
};

static bool
take_numbers(struct rsa_numbers *r, BN_CTX *ctx)
{
	BIGNUM **all[] = { &r->p, &r->q, &r->n, &r->e, &r->d, &r->dp, &r->dq, &r->qi, &r->p1,
		&r->q1, &r->phi };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if ((*all[i] = BN_CTX_get(ctx)) == NULL)
			return false;
	return true;
}

/* RFC 8017 section 3.2, the second representation. */
static bool
find_numbers(struct rsa_numbers *r, struct drbg *d, BN_CTX *ctx)
{
	if (!find_prime(d, r->p, ctx) || !find_prime(d, r->q, ctx))
		return false;
	if (BN_cmp(r->p, r->q) < 0)
		BN_swap(r->p, r->q);
	return BN_set_word(r->e, EXPONENT) == 1 && BN_mul(r->n, r->p, r->q, ctx) == 1 &&
	    BN_sub(r->p1, r->p, BN_value_one()) == 1 && BN_sub(r->q1, r->q, BN_value_one()) == 1 &&
	    BN_mul(r->phi, r->p1, r->q1, ctx) == 1 &&
	    BN_mod_inverse(r->d, r->e, r->phi, ctx) != NULL &&
	    BN_mod(r->dp, r->d, r->p1, ctx) == 1 && BN_mod(r->dq, r->d, r->q1, ctx) == 1 &&
	    BN_mod_inverse(r->qi, r->q, r->p, ctx) != NULL;
}

static EVP_PKEY *
rsa_key(const struct rsa_numbers *r)
{
	const struct {
		const char *name;
		const BIGNUM *bn;
	} params[] = {
		{ OSSL_PKEY_PARAM_RSA_N, r->n },
		{ OSSL_PKEY_PARAM_RSA_E, r->e },
		{ OSSL_PKEY_PARAM_RSA_D, r->d },
		{ OSSL_PKEY_PARAM_RSA_FACTOR1, r->p },
		{ OSSL_PKEY_PARAM_RSA_FACTOR2, r->q },
		{ OSSL_PKEY_PARAM_RSA_EXPONENT1, r->dp },
		{ OSSL_PKEY_PARAM_RSA_EXPONENT2, r->dq },
		{ OSSL_PKEY_PARAM_RSA_COEFFICIENT1, r->qi },
	};
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	bool ok = bld != NULL;
	EVP_PKEY *key;

	for (size_t i = 0; i < sizeof(params) / sizeof(params[0]) && ok; i++)
		ok = OSSL_PARAM_BLD_push_BN(bld, params[i].name, params[i].bn) == 1;
	key = ok ? from_params("RSA", bld) : NULL;
	OSSL_PARAM_BLD_free(bld);
	return key;
}

EVP_PKEY *
keygen_rsa(const uint64_t *seed, const char *use)
{
	BN_CTX *ctx;
	struct rsa_numbers r;
	struct drbg d;
	EVP_PKEY *key = NULL;

	if (seed == NULL)
		return EVP_RSA_gen(2048U);
	if ((ctx = BN_CTX_new()) == NULL)
		return NULL;
	drbg_init(&d, *seed, use);
	BN_CTX_start(ctx);
	if (take_numbers(&r, ctx) && find_numbers(&r, &d, ctx))
		key = rsa_key(&r);
	BN_CTX_end(ctx);
	BN_CTX_free(ctx);
	return key;
}

/* The private number as it was drawn; one draw in 2^32 is no number of the group, and makes no key.
 */
static EVP_PKEY *
ec_key(const EC_GROUP *group, EC_POINT *point, const BIGNUM *priv, BN_CTX *ctx)
{
	uint8_t pub[65];
	OSSL_PARAM_BLD *bld;
	EVP_PKEY *key = NULL;

	if (BN_is_zero(priv) || BN_cmp(priv, EC_GROUP_get0_order(group)) >= 0 ||
	    EC_POINT_mul(group, point, priv, NULL, NULL, ctx) != 1 ||
	    EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, pub, sizeof(pub),
	        ctx) != sizeof(pub) ||
	    (bld = OSSL_PARAM_BLD_new()) == NULL)
		return NULL;
	if (OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) ==
	        1 &&
	    OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY, pub, sizeof(pub)) == 1 &&
	    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_PRIV_KEY, priv) == 1)
		key = from_params("EC", bld);
	OSSL_PARAM_BLD_free(bld);
	return key;
}

EVP_PKEY *
keygen_ec(const uint64_t *seed, const char *use)
{
	uint8_t raw[32];
	struct drbg d;
	EC_GROUP *group;
	EC_POINT *point;
	BN_CTX *ctx;
	BIGNUM *priv;
	EVP_PKEY *key = NULL;

	if (seed == NULL)
		return EVP_EC_gen("P-256");
	drbg_init(&d, *seed, use);
	(void)drbg_fill(&d, raw, sizeof(raw));
	group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	point = group == NULL ? NULL : EC_POINT_new(group);
	ctx = BN_CTX_new();
	priv = BN_bin2bn(raw, sizeof(raw), NULL);
	if (point != NULL && ctx != NULL && priv != NULL)
		key = ec_key(group, point, priv, ctx);
	BN_free(priv);
	BN_CTX_free(ctx);
	EC_POINT_free(point);
	EC_GROUP_free(group);
	return key;
}
