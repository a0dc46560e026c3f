/*
 * ECDSA whose nonce comes from key and message. OpenSSL learned that in 3.2 alone, and libjwt does
 * not ask for it; with a seed, the same token must be the same bytes on Debian 12 too. Not written
 * against timing: the key is nobody's secret.
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/objects.h>

#include "mock_idp/jose/ecdsa.h"

#define HASH_MAX 64
#define ORDER_MAX 66
#define MORE 4 /* octets of struct ecdsa's more */
#define TRIES 64

/* The state of RFC 6979 section 3.2. */
struct nonce {
	const EVP_MD *md;
	size_t hlen;
	uint8_t k[HASH_MAX], v[HASH_MAX];
};

struct numbers {
	EC_GROUP *group;
	const BIGNUM *order;
	size_t width; /* octets of the order */
	BIGNUM *z, *k, *r, *s;
	EC_POINT *point;
	BN_CTX *ctx;
};

static void
mac(const struct nonce *n, const uint8_t *in, size_t len, uint8_t *out)
{
	unsigned int outlen = HASH_MAX;

	(void)HMAC(n->md, n->k, (int)n->hlen, in, len, out, &outlen);
}

/* K = HMAC_K(V || byte || seed), V = HMAC_K(V) */
static void
stir(struct nonce *n, uint8_t byte, const uint8_t *seed, size_t len)
{
	uint8_t in[HASH_MAX + 1 + 2 * ORDER_MAX + MORE];

	memcpy(in, n->v, n->hlen);
	in[n->hlen] = byte;
	if (len > 0)
		memcpy(in + n->hlen + 1, seed, len);
	mac(n, in, n->hlen + 1 + len, n->k);
	mac(n, n->v, n->hlen, n->v);
}

/* Steps b to g; more is the k' of section 3.6. */
static void
begin(struct nonce *n, const uint8_t *x, const uint8_t *h1, size_t width, unsigned more)
{
	uint8_t seed[2 * ORDER_MAX + MORE];
	size_t len = 2 * width;

	memset(n->v, 0x01, n->hlen);
	memset(n->k, 0x00, n->hlen);
	memcpy(seed, x, width);
	memcpy(seed + width, h1, width);
	for (int i = MORE - 1; i >= 0 && more != 0; i--)
		seed[len++] = (uint8_t)(more >> (8 * i));
	stir(n, 0x00, seed, len);
	stir(n, 0x01, seed, len);
}

/* bits2int of section 2.3.2: the leftmost bits, as many as the order has. */
static bool
bits2int(const struct numbers *b, const uint8_t *p, size_t len, BIGNUM *out)
{
	int over = (int)len * 8 - BN_num_bits(b->order);

	return BN_bin2bn(p, (int)len, out) != NULL && (over <= 0 || BN_rshift(out, out, over) == 1);
}

/* Step h.2 and h.3: the next candidate. */
static bool
draw(const struct numbers *b, struct nonce *n)
{
	uint8_t t[ORDER_MAX + HASH_MAX];
	size_t len = 0;

	for (; len < b->width; len += n->hlen) {
		mac(n, n->v, n->hlen, n->v);
		memcpy(t + len, n->v, n->hlen);
	}
	return bits2int(b, t, len, b->k);
}

/* One try with k; false: the next one (or no memory, which ends the tries too). */
static bool
try_sign(const struct numbers *b, const BIGNUM *x)
{
	return !BN_is_zero(b->k) && BN_cmp(b->k, b->order) < 0 &&
	    EC_POINT_mul(b->group, b->point, b->k, NULL, NULL, b->ctx) == 1 &&
	    EC_POINT_get_affine_coordinates(b->group, b->point, b->r, NULL, b->ctx) == 1 &&
	    BN_nnmod(b->r, b->r, b->order, b->ctx) == 1 && !BN_is_zero(b->r) &&
	    BN_mod_inverse(b->k, b->k, b->order, b->ctx) != NULL &&
	    BN_mod_mul(b->s, b->r, x, b->order, b->ctx) == 1 &&
	    BN_mod_add(b->s, b->s, b->z, b->order, b->ctx) == 1 &&
	    BN_mod_mul(b->s, b->s, b->k, b->order, b->ctx) == 1 && !BN_is_zero(b->s);
}

/* Steps a and h. Section 2.3.4: the hash enters the seed modulo the order. */
static bool
sign_with(const struct numbers *b, const struct ecdsa *how, const void *msg, size_t len)
{
	uint8_t x[ORDER_MAX], h1[HASH_MAX > ORDER_MAX ? HASH_MAX : ORDER_MAX];
	struct nonce n = { .md = EVP_get_digestbyname(how->digest) };
	unsigned int hlen = 0;
	int width = (int)b->width;

	if (n.md == NULL || EVP_Digest(msg, len, h1, &hlen, n.md, NULL) != 1 ||
	    !bits2int(b, h1, hlen, b->z) || BN_nnmod(b->z, b->z, b->order, b->ctx) != 1 ||
	    BN_bn2binpad(b->z, h1, width) != width || BN_bn2binpad(how->priv, x, width) != width)
		return false;
	n.hlen = hlen;
	begin(&n, x, h1, b->width, how->more);
	for (int tries = 0; tries < TRIES; tries++) {
		if (draw(b, &n) && try_sign(b, how->priv))
			return true;
		stir(&n, 0x00, NULL, 0);
	}
	return false;
}

static EC_GROUP *
group_of(const char *curve)
{
	int nid = EC_curve_nist2nid(curve);

	return EC_GROUP_new_by_curve_name(nid == NID_undef ? OBJ_txt2nid(curve) : nid);
}

static bool
numbers_open(struct numbers *b, const char *curve)
{
	if ((b->group = group_of(curve)) == NULL)
		return false;
	b->order = EC_GROUP_get0_order(b->group);
	b->width = (size_t)BN_num_bytes(b->order);
	b->z = BN_new();
	b->k = BN_new();
	b->r = BN_new();
	b->s = BN_new();
	b->point = EC_POINT_new(b->group);
	b->ctx = BN_CTX_new();
	return b->width <= ORDER_MAX && b->z != NULL && b->k != NULL && b->r != NULL &&
	    b->s != NULL && b->point != NULL && b->ctx != NULL;
}

static void
numbers_close(struct numbers *b)
{
	BN_free(b->z);
	BN_free(b->k);
	BN_free(b->r);
	BN_free(b->s);
	EC_POINT_free(b->point);
	BN_CTX_free(b->ctx);
	EC_GROUP_free(b->group);
}

size_t
ecdsa_sign(const struct ecdsa *how, const void *msg, size_t len, uint8_t sig[ECDSA_MAX])
{
	struct numbers b = { .group = NULL };
	size_t n = 0;

	if (numbers_open(&b, how->curve) && BN_cmp(how->priv, b.order) < 0 &&
	    sign_with(&b, how, msg, len) && BN_bn2binpad(b.r, sig, (int)b.width) == (int)b.width &&
	    BN_bn2binpad(b.s, sig + b.width, (int)b.width) == (int)b.width)
		n = 2 * b.width;
	numbers_close(&b);
	return n;
}

BIGNUM *
ecdsa_order(const char *curve)
{
	EC_GROUP *group = group_of(curve);
	BIGNUM *order = group == NULL ? NULL : BN_dup(EC_GROUP_get0_order(group));

	EC_GROUP_free(group);
	return order;
}
