/*
 * Fresh keys, or the keys of a seed. OpenSSL's generators cannot be seeded without replacing the
 * generator of the whole process, TLS included (and how many bytes they take differs between its
 * releases): a seed's numbers are therefore chosen here, and OpenSSL is given the result.
 */
#include "config.h"

#include <string.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "common/secmem.h"
#include "mock_idp/drbg.h"
#include "mock_idp/jose/keygen.h"
#include "mock_idp/jose/pkey.h"
#include "mock_idp/jose/primes.h"

#define EXPONENT 65537
#define SCALAR_MAX 66 /* octets of P-521's order */
#define TRIES 64

/* A stream of the seed, or the system's. */
struct source {
	struct drbg drbg;
	bool seeded;
};

static void
source_init(struct source *s, const uint64_t *seed, const char *use)
{
	s->seeded = seed != NULL;
	if (s->seeded)
		drbg_init(&s->drbg, *seed, use);
}

static bool
source_fill(struct source *s, void *p, size_t len)
{
	return s->seeded ? drbg_fill(&s->drbg, p, len) : secmem_random(p, len);
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
find_numbers(struct rsa_numbers *r, const BIGNUM *p, const BIGNUM *q, BN_CTX *ctx)
{
	bool swap = BN_cmp(p, q) < 0;

	return BN_copy(r->p, swap ? q : p) != NULL && BN_copy(r->q, swap ? p : q) != NULL &&
	    BN_set_word(r->e, EXPONENT) == 1 && BN_mul(r->n, r->p, r->q, ctx) == 1 &&
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
	key = ok ? pkey_make("RSA", bld, EVP_PKEY_KEYPAIR) : NULL;
	OSSL_PARAM_BLD_free(bld);
	return key;
}

static EVP_PKEY *
rsa_of(const BIGNUM *p, const BIGNUM *q)
{
	BN_CTX *ctx = BN_CTX_new();
	struct rsa_numbers r;
	EVP_PKEY *key = NULL;

	if (ctx == NULL)
		return NULL;
	BN_CTX_start(ctx);
	if (take_numbers(&r, ctx) && find_numbers(&r, p, q, ctx))
		key = rsa_key(&r);
	BN_CTX_end(ctx);
	BN_CTX_free(ctx);
	return key;
}

EVP_PKEY *
keygen_rsa_pair(size_t i, size_t j)
{
	BIGNUM *p = NULL, *q = NULL;
	EVP_PKEY *key = NULL;

	if (BN_hex2bn(&p, primes[i % PRIMES]) > 0 && BN_hex2bn(&q, primes[j % PRIMES]) > 0)
		key = rsa_of(p, q);
	BN_free(p);
	BN_free(q);
	return key;
}

EVP_PKEY *
keygen_rsa(const uint64_t *seed, const char *use)
{
	struct source s;
	uint8_t raw[2];

	source_init(&s, seed, use);
	do
		if (!source_fill(&s, raw, sizeof(raw)))
			return NULL;
	while (raw[0] % PRIMES == raw[1] % PRIMES);
	return keygen_rsa_pair(raw[0], raw[1]);
}

static EVP_PKEY *
ec_key(const EC_GROUP *group, const char *curve, const BIGNUM *priv, BN_CTX *ctx)
{
	uint8_t pub[1 + 2 * SCALAR_MAX];
	EC_POINT *point = EC_POINT_new(group);
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	EVP_PKEY *key = NULL;
	size_t n;

	if (point != NULL && bld != NULL &&
	    EC_POINT_mul(group, point, priv, NULL, NULL, ctx) == 1 &&
	    (n = EC_POINT_point2oct(
	         group, point, POINT_CONVERSION_UNCOMPRESSED, pub, sizeof(pub), ctx)) > 0 &&
	    OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) == 1 &&
	    OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY, pub, n) == 1 &&
	    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_PRIV_KEY, priv) == 1)
		key = pkey_make("EC", bld, EVP_PKEY_KEYPAIR);
	OSSL_PARAM_BLD_free(bld);
	EC_POINT_free(point);
	return key;
}

/* The stream's next number that is one of the group: FIPS 186-5 appendix A.2.2. */
static bool
draw(struct source *s, const BIGNUM *order, BIGNUM *priv)
{
	uint8_t raw[SCALAR_MAX];
	int bits = BN_num_bits(order), len = (bits + 7) / 8;

	for (int i = 0; i < TRIES; i++) {
		if (!source_fill(s, raw, (size_t)len))
			return false;
		raw[0] &= (uint8_t)(0xff >> (8 * len - bits));
		if (BN_bin2bn(raw, len, priv) == NULL)
			return false;
		if (!BN_is_zero(priv) && BN_cmp(priv, order) < 0)
			return true;
	}
	return false;
}

EVP_PKEY *
keygen_curve(const uint64_t *seed, const char *use, const char *curve)
{
	int nid = EC_curve_nist2nid(curve);
	EC_GROUP *group = EC_GROUP_new_by_curve_name(nid == NID_undef ? OBJ_txt2nid(curve) : nid);
	BN_CTX *ctx = BN_CTX_new();
	BIGNUM *priv = BN_new();
	EVP_PKEY *key = NULL;
	struct source s;

	source_init(&s, seed, use);
	if (group != NULL && ctx != NULL && priv != NULL &&
	    EC_GROUP_order_bits(group) <= 8 * SCALAR_MAX &&
	    draw(&s, EC_GROUP_get0_order(group), priv))
		key = ec_key(group, curve, priv, ctx);
	BN_clear_free(priv);
	BN_CTX_free(ctx);
	EC_GROUP_free(group);
	return key;
}

EVP_PKEY *
keygen_ec(const uint64_t *seed, const char *use)
{
	return keygen_curve(seed, use, "P-256");
}

/* RFC 8032: any octets are a private key. */
EVP_PKEY *
keygen_ed(const uint64_t *seed, const char *use, const char *type)
{
	uint8_t raw[57];
	size_t len = strcmp(type, "ED448") == 0 ? 57 : 32;
	struct source s;

	source_init(&s, seed, use);
	if (!source_fill(&s, raw, len))
		return NULL;
	return EVP_PKEY_new_raw_private_key_ex(NULL, type, NULL, raw, len);
}
