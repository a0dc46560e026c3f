/*
 * ES256 whose nonce comes from key and message. OpenSSL learned that in 3.2 alone, and libjwt does
 * not ask for it; with a seed, the same token must be the same bytes on Debian 12 too. Not written
 * against timing: the key is nobody's secret.
 */
#include "config.h"

#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <openssl/sha.h>

#include "mock_idp/jose/ecdsa.h"

#define N 32 /* bytes of hash and of the group's order alike */

/* The state of RFC 6979 section 3.2. */
struct nonce {
	uint8_t k[N], v[N];
};

static void
mac(const uint8_t key[N], const uint8_t *in, size_t len, uint8_t out[N])
{
	unsigned int n = N;

	(void)HMAC(EVP_sha256(), key, N, in, len, out, &n);
}

/* K = HMAC_K(V || byte || extra), V = HMAC_K(V) */
static void
stir(struct nonce *s, uint8_t byte, const uint8_t *extra, size_t len)
{
	uint8_t in[N + 1 + 2 * N];

	memcpy(in, s->v, N);
	in[N] = byte;
	if (len > 0)
		memcpy(in + N + 1, extra, len);
	mac(s->k, in, N + 1 + len, s->k);
	mac(s->k, s->v, N, s->v);
}

/* Steps b to g. */
static void
begin(struct nonce *s, const uint8_t x[N], const uint8_t h1[N])
{
	uint8_t seed[2 * N];

	memset(s->v, 0x01, N);
	memset(s->k, 0x00, N);
	memcpy(seed, x, N);
	memcpy(seed + N, h1, N);
	stir(s, 0x00, seed, sizeof(seed));
	stir(s, 0x01, seed, sizeof(seed));
}

struct numbers {
	BIGNUM *x, *z, *k, *r, *s;
	EC_POINT *point;
	BN_CTX *ctx;
};

/* One try with k; false: the next one (or no memory, which ends the tries too). */
static bool
try_sign(const EC_GROUP *g, struct numbers *b)
{
	const BIGNUM *order = EC_GROUP_get0_order(g);

	return !BN_is_zero(b->k) && BN_cmp(b->k, order) < 0 &&
	    EC_POINT_mul(g, b->point, b->k, NULL, NULL, b->ctx) == 1 &&
	    EC_POINT_get_affine_coordinates(g, b->point, b->r, NULL, b->ctx) == 1 &&
	    BN_nnmod(b->r, b->r, order, b->ctx) == 1 && !BN_is_zero(b->r) &&
	    BN_mod_inverse(b->k, b->k, order, b->ctx) != NULL &&
	    BN_mod_mul(b->s, b->r, b->x, order, b->ctx) == 1 &&
	    BN_mod_add(b->s, b->s, b->z, order, b->ctx) == 1 &&
	    BN_mod_mul(b->s, b->s, b->k, order, b->ctx) == 1 && !BN_is_zero(b->s);
}

/* Steps a and h. RFC 6979 section 2.3.4: the hash enters the seed modulo the order. */
static bool
sign_with(const EC_GROUP *g, struct numbers *b, const void *msg, size_t len)
{
	uint8_t x[N], h1[N];
	struct nonce s;

	(void)SHA256(msg, len, h1);
	if (BN_bin2bn(h1, N, b->z) == NULL ||
	    BN_nnmod(b->z, b->z, EC_GROUP_get0_order(g), b->ctx) != 1 ||
	    BN_bn2binpad(b->z, h1, N) != N || BN_bn2binpad(b->x, x, N) != N)
		return false;
	begin(&s, x, h1);
	for (int tries = 0; tries < 16; tries++) {
		mac(s.k, s.v, N, s.v);
		if (BN_bin2bn(s.v, N, b->k) != NULL && try_sign(g, b))
			return true;
		stir(&s, 0x00, NULL, 0);
	}
	return false;
}

bool
ecdsa_sign(const EVP_PKEY *key, const void *msg, size_t len, uint8_t sig[ECDSA_SIZE])
{
	EC_GROUP *g = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	struct numbers b = { .z = BN_new(),
		.k = BN_new(),
		.r = BN_new(),
		.s = BN_new(),
		.point = g == NULL ? NULL : EC_POINT_new(g),
		.ctx = BN_CTX_new() };
	bool ok = b.z != NULL && b.k != NULL && b.r != NULL && b.s != NULL && b.point != NULL &&
	    b.ctx != NULL && EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &b.x) == 1 &&
	    sign_with(g, &b, msg, len) && BN_bn2binpad(b.r, sig, N) == N &&
	    BN_bn2binpad(b.s, sig + N, N) == N;

	BN_free(b.x);
	BN_free(b.z);
	BN_free(b.k);
	BN_free(b.r);
	BN_free(b.s);
	EC_POINT_free(b.point);
	BN_CTX_free(b.ctx);
	EC_GROUP_free(g);
	return ok;
}
