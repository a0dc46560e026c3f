/* Mutators of a signature's octets. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include <openssl/ecdsa.h>

#include "mock_idp/jose/ecdsa.h"
#include "mock_idp/jose/mutate_sig.h"

#define OCTETS_MAX 8192

/* The signature, changed in place or made anew; ECDSA's numbers where there is a curve. */
struct sig {
	const struct mutate *m;
	uint8_t p[OCTETS_MAX];
	size_t len;
	BIGNUM *r, *s, *n;
};

static bool
flip(struct sig *g)
{
	size_t bit = mutate_number(g->m, 0);

	if (bit / 8 >= g->len)
		return false;
	g->p[g->len - 1 - bit / 8] ^= (uint8_t)(1U << bit % 8);
	return true;
}

static bool
zero(struct sig *g)
{
	memset(g->p, 0, g->len);
	return g->len > 0;
}

static bool
cut(struct sig *g)
{
	size_t n = mutate_number(g->m, 0);

	if (n > g->len)
		return false;
	g->len -= n;
	return true;
}

static bool
lead(struct sig *g)
{
	size_t n = mutate_number(g->m, 0);

	if (n > OCTETS_MAX - g->len)
		return false;
	memmove(g->p + n, g->p, g->len);
	memset(g->p, 0, n);
	g->len += n;
	return true;
}

static bool
pad(struct sig *g)
{
	size_t n = mutate_number(g->m, 0);

	if (n > OCTETS_MAX - g->len)
		return false;
	memset(g->p + g->len, 0, n);
	g->len += n;
	return true;
}

/* R and S again, each in that many octets; 0: as many as it needs. */
static bool
put_halves(struct sig *g, int r, int s)
{
	if (r == 0)
		r = BN_num_bytes(g->r);
	if (s == 0)
		s = BN_num_bytes(g->s);
	if (BN_bn2binpad(g->r, g->p, r) != r || BN_bn2binpad(g->s, g->p + r, s) != s)
		return false;
	g->len = (size_t)(r + s);
	return true;
}

static bool
same_width(struct sig *g)
{
	int width = BN_num_bytes(g->n);

	return put_halves(g, width, width);
}

static bool
r0(struct sig *g)
{
	BN_zero(g->r);
	return same_width(g);
}

static bool
s0(struct sig *g)
{
	BN_zero(g->s);
	return same_width(g);
}

static bool
rn(struct sig *g)
{
	return BN_copy(g->r, g->n) != NULL && same_width(g);
}

static bool
sn(struct sig *g)
{
	return BN_copy(g->s, g->n) != NULL && same_width(g);
}

static bool
high_s(struct sig *g)
{
	BIGNUM *other = BN_new();
	bool ok = other != NULL && BN_sub(other, g->n, g->s) == 1 &&
	    (BN_cmp(other, g->s) < 0 || BN_copy(g->s, other) != NULL) && same_width(g);

	BN_free(other);
	return ok;
}

/* A verifier that takes half of the signature for R then reads R + n, whatever its length. */
static bool
rplusn(struct sig *g)
{
	int width = (BN_num_bits(g->n) + 1 + 7) / 8;

	return BN_add(g->r, g->r, g->n) == 1 && put_halves(g, width, width);
}

/* Ed25519's S is a little-endian number below L; S + L is the same to who does not look. RFC 8032
 * section 5.1.7. */
static bool
splusl(struct sig *g)
{
	static const char l[] = "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed";
	BIGNUM *order = NULL, *s = g->len == 64 ? BN_lebin2bn(g->p + 32, 32, NULL) : NULL;
	bool ok = s != NULL && BN_hex2bn(&order, l) > 0 && BN_cmp(s, order) < 0 &&
	    BN_add(s, s, order) == 1 && BN_bn2lebinpad(s, g->p + 32, 32) == 32;

	BN_free(order);
	BN_free(s);
	return ok;
}

static bool
strip(struct sig *g)
{
	size_t was = g->len;

	return put_halves(g, 0, 0) && g->len < was;
}

static bool
der(struct sig *g)
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	BIGNUM *r = BN_dup(g->r), *s = BN_dup(g->s);
	uint8_t *end = g->p;
	int n = 0;

	if (sig != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(sig, r, s) == 1) {
		r = s = NULL; /* they are sig's now */
		n = i2d_ECDSA_SIG(sig, &end);
	}
	BN_free(r);
	BN_free(s);
	ECDSA_SIG_free(sig);
	g->len = n > 0 ? (size_t)n : 0;
	return n > 0;
}

static const struct row {
	const char *name, *args;
	bool ecdsa;
	bool (*fn)(struct sig *);
} rows[] = {
	{ "sig.flip", "[number]", false, flip },
	{ "sig.zero", "", false, zero },
	{ "sig.trunc", "number", false, cut },
	{ "sig.pad", "number", false, pad },
	{ "sig.lead", "number", false, lead },
	{ "sig.r0", "", true, r0 },
	{ "sig.s0", "", true, s0 },
	{ "sig.rn", "", true, rn },
	{ "sig.sn", "", true, sn },
	{ "sig.high-s", "", true, high_s },
	{ "sig.rplusn", "", true, rplusn },
	{ "sig.splusl", "", false, splusl },
	{ "sig.strip", "", true, strip },
	{ "sig.der", "", true, der },
};

static const struct row *
find(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

const char *
mutate_sig_args(const char *name)
{
	const struct row *r = find(name);

	return r == NULL ? NULL : r->args;
}

/* R and S, unless an earlier mutator left something else. */
static bool
take_halves(struct sig *g, const char *curve)
{
	int half = (int)g->len / 2;

	if (curve == NULL || (g->n = ecdsa_order(curve)) == NULL ||
	    g->len != 2 * (size_t)BN_num_bytes(g->n))
		return false;
	g->r = BN_bin2bn(g->p, half, NULL);
	g->s = BN_bin2bn(g->p + half, half, NULL);
	return g->r != NULL && g->s != NULL;
}

enum errcode
mutate_sig_apply(const struct mutate *m, const char *curve, struct buf *sig, struct err *e)
{
	const struct row *row = find(m->name);
	struct sig g = { .m = m, .len = buf_len(sig) };
	enum errcode r = E_FORMAT;

	if (row == NULL || g.len > sizeof(g.p))
		goto out;
	if (g.len > 0)
		memcpy(g.p, buf_data(sig), g.len);
	if ((!row->ecdsa || take_halves(&g, curve)) && row->fn(&g)) {
		buf_reset(sig);
		r = buf_put(sig, g.p, g.len);
	}
out:
	BN_free(g.r);
	BN_free(g.s);
	BN_free(g.n);
	return r == E_OK ? r : err_set(e, r, NULL, ": %.64s does not fit the signature", m->name);
}
