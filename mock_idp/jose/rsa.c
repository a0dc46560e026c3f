/*
 * RSA signatures with any numbers. OpenSSL refuses to sign with unfit ones, and takes a PSS salt
 * from its own generator alone.
 */
#include "config.h"

#include <string.h>

#include <openssl/evp.h>

#include "mock_idp/jose/rsa.h"

#define HASH_MAX EVP_MAX_MD_SIZE

/* DigestInfo up to the hash: RFC 8017 section 9.2, note 1. */
static const struct digest {
	const char *name;
	uint8_t prefix[19];
} digests[] = {
	{ "SHA256",
	    { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
	        0x01, 0x05, 0x00, 0x04, 0x20 } },
	{ "SHA384",
	    { 0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
	        0x02, 0x05, 0x00, 0x04, 0x30 } },
	{ "SHA512",
	    { 0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
	        0x03, 0x05, 0x00, 0x04, 0x40 } },
};

static bool
hash(const char *name, const void *p, size_t len, uint8_t out[HASH_MAX], size_t *outlen)
{
	const EVP_MD *md = EVP_get_digestbyname(name);
	unsigned int n = 0;
	bool ok = md != NULL && EVP_Digest(p, len, out, &n, md, NULL) == 1;

	*outlen = n;
	return ok;
}

/* The numbers of a right encoding: tail octets of DigestInfo, the hash with them. */
struct pkcs1 {
	uint8_t *em;
	size_t k, tail, hlen;
};

static void
type2(const struct pkcs1 *p)
{
	p->em[1] = 0x02;
}

/* 30 L 30 0d OID 05 00 04 H becomes 30 L-2 30 0b OID 04 H. */
static void
nonull(const struct pkcs1 *p)
{
	uint8_t *at = p->em + p->k - p->tail;

	memmove(at + 2, at, 15);
	at[3] = (uint8_t)(at[3] - 2);
	at[5] = 0x0b;
	at[-1] = at[0] = 0xff;
	at[1] = 0x00;
}

static void
bare(const struct pkcs1 *p)
{
	uint8_t *hash = p->em + p->k - p->hlen;

	memset(p->em + 2, 0xff, (size_t)(hash - p->em) - 3);
	hash[-1] = 0x00;
}

static void
junk(const struct pkcs1 *p)
{
	memmove(p->em + 10, p->em + p->k - p->tail - 1, p->tail + 1);
	memset(p->em + 11 + p->tail, 0x5a, p->k - p->tail - 11);
}

static const struct spoiler {
	const char *name;
	void (*fn)(const struct pkcs1 *);
} spoilers[] = {
	{ "type2", type2 },
	{ "nonull", nonull },
	{ "bare", bare },
	{ "junk", junk },
};

static bool
spoil(const char *how, const struct pkcs1 *p)
{
	for (size_t i = 0; i < sizeof(spoilers) / sizeof(spoilers[0]); i++)
		if (strcmp(spoilers[i].name, how) == 0) {
			spoilers[i].fn(p);
			return true;
		}
	return false;
}

/* EMSA-PKCS1-v1_5: 00 01 FF ... FF 00 DigestInfo. */
static bool
encode_pkcs1(const struct rsa *how, const void *msg, size_t len, uint8_t *em, size_t k)
{
	const struct digest *d = NULL;
	uint8_t h[HASH_MAX];
	size_t hlen, tail;

	for (size_t i = 0; i < sizeof(digests) / sizeof(digests[0]); i++)
		if (strcmp(digests[i].name, how->digest) == 0)
			d = &digests[i];
	if (d == NULL || !hash(how->digest, msg, len, h, &hlen))
		return false;
	tail = sizeof(d->prefix) + hlen;
	if (k < tail + 11)
		return false;
	memset(em, 0xff, k);
	em[0] = 0x00;
	em[1] = 0x01;
	em[k - tail - 1] = 0x00;
	memcpy(em + k - tail, d->prefix, sizeof(d->prefix));
	memcpy(em + k - hlen, h, hlen);
	return how->pad == NULL || spoil(how->pad, &(struct pkcs1){ em, k, tail, hlen });
}

/* MGF1 of appendix B.2.1, laid over p. */
static bool
mask(const char *digest, const uint8_t *seed, size_t seedlen, uint8_t *p, size_t len)
{
	uint8_t in[HASH_MAX + 4], h[HASH_MAX];
	size_t hlen;

	memcpy(in, seed, seedlen);
	for (uint32_t counter = 0; len > 0; counter++) {
		for (int i = 0; i < 4; i++)
			in[seedlen + (size_t)i] = (uint8_t)(counter >> (24 - 8 * i));
		if (!hash(digest, in, seedlen + 4, h, &hlen))
			return false;
		for (size_t i = 0; i < hlen && len > 0; i++, len--)
			*p++ ^= h[i];
	}
	return true;
}

/* H of section 9.1.1 step 6: the hash of eight zeros, the message's hash and the salt. */
static bool
salted(const struct rsa *how, const void *msg, size_t len, uint8_t *h, size_t *hlen)
{
	uint8_t m[8 + HASH_MAX + RSA_SIGNATURE_MAX] = { 0 };

	if (!hash(how->digest, msg, len, h, hlen))
		return false;
	memcpy(m + 8, h, *hlen);
	if (how->saltlen > 0)
		memcpy(m + 8 + *hlen, how->salt, how->saltlen);
	return hash(how->digest, m, 8 + *hlen + how->saltlen, h, hlen);
}

/* EMSA-PSS, of one bit less than n. */
static bool
encode_pss(const struct rsa *how, const void *msg, size_t len, uint8_t *em, size_t k)
{
	size_t bits = (size_t)BN_num_bits(how->n) - 1, emlen = (bits + 7) / 8, hlen, dblen;
	uint8_t h[HASH_MAX];

	if (how->saltlen > RSA_SIGNATURE_MAX || !salted(how, msg, len, h, &hlen) ||
	    emlen < hlen + how->saltlen + 2)
		return false;
	memset(em, 0, k);
	em += k - emlen;
	dblen = emlen - hlen - 1;
	em[dblen - how->saltlen - 1] = 0x01;
	if (how->saltlen > 0)
		memcpy(em + dblen - how->saltlen, how->salt, how->saltlen);
	memcpy(em + dblen, h, hlen);
	em[emlen - 1] = 0xbc;
	if (!mask(how->mgf1, h, hlen, em, dblen))
		return false;
	em[0] &= (uint8_t)(0xff >> (8 * emlen - bits));
	return true;
}

/* RSASP1, without judging anything. */
static bool
raise(const struct rsa *how, uint8_t *em, int k)
{
	BN_CTX *ctx = BN_CTX_new();
	BIGNUM *m = BN_bin2bn(em, k, NULL);
	bool ok = ctx != NULL && m != NULL && BN_mod_exp(m, m, how->d, how->n, ctx) == 1 &&
	    BN_bn2binpad(m, em, k) == k;

	BN_free(m);
	BN_CTX_free(ctx);
	return ok;
}

size_t
rsa_sign(const struct rsa *how, const void *msg, size_t len, uint8_t sig[RSA_SIGNATURE_MAX])
{
	size_t k = (size_t)BN_num_bytes(how->n);

	if (k == 0 || k > RSA_SIGNATURE_MAX)
		return 0;
	if (how->pss ? !encode_pss(how, msg, len, sig, k) : !encode_pkcs1(how, msg, len, sig, k))
		return 0;
	return raise(how, sig, (int)k) ? k : 0;
}
