/* Mutators of a key as the key set shows it. */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/ec.h>
#include <openssl/objects.h>

#include "common/b64url.h"
#include "mock_idp/jose/jwk.h"
#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/mutate_jwk.h"

struct change {
	const struct key *key;
	json_t *jwk;
};

/* Octets in the place of a number. */
static bool
put(const struct change *c, const char *name, const uint8_t *p, size_t len)
{
	char text[B64URL_ENCODED(JWKREAD_MAX + 1) + 1];

	b64url_encode(text, p, len);
	return json_object_set_new(c->jwk, name, json_string(text)) == 0;
}

static bool
coord_short(const struct change *c)
{
	uint8_t x[JWKREAD_MAX];
	size_t len;

	return jwkread_octets(c->jwk, "x", x, &len) && len > 1 && put(c, "x", x + 1, len - 1);
}

/* One zero octet before a number. */
static bool
lengthen(const struct change *c, const char *name)
{
	uint8_t p[1 + JWKREAD_MAX] = { 0 };
	size_t len;

	return jwkread_octets(c->jwk, name, p + 1, &len) && put(c, name, p, len + 1);
}

static bool
coord_long(const struct change *c)
{
	return lengthen(c, "x");
}

static bool
n_lead(const struct change *c)
{
	return lengthen(c, "n");
}

/* The last bit of a number, set, cleared or flipped. */
static bool
last_bit(const struct change *c, const char *name, uint8_t and, uint8_t xor)
{
	uint8_t p[JWKREAD_MAX];
	size_t len;

	if (!jwkread_octets(c->jwk, name, p, &len) || len == 0)
		return false;
	p[len - 1] = (uint8_t)((p[len - 1] & and) ^ xor);
	return put(c, name, p, len);
}

static bool
coord_off(const struct change *c)
{
	return last_bit(c, "y", 0xff, 1);
}

static bool
n_even(const struct change *c)
{
	return last_bit(c, "n", 0xfe, 0);
}

static bool
coord_zero(const struct change *c)
{
	static const uint8_t zero[JWKREAD_MAX];
	uint8_t p[JWKREAD_MAX];
	size_t x, y;

	return jwkread_octets(c->jwk, "x", p, &x) && jwkread_octets(c->jwk, "y", p, &y) &&
	    put(c, "x", zero, x) && put(c, "y", zero, y);
}

static bool
coord_swap(const struct change *c)
{
	json_t *x = json_incref(json_object_get(c->jwk, "x")),
	       *y = json_incref(json_object_get(c->jwk, "y"));
	bool ok = x != NULL && y != NULL && json_object_set(c->jwk, "x", y) == 0 &&
	    json_object_set(c->jwk, "y", x) == 0;

	json_decref(x);
	json_decref(y);
	return ok;
}

/* A verifier that calculates modulo the prime finds x to be 0: the point (0, y) is on the curve. */
static bool
put_prime(const struct change *c, const EC_GROUP *g, int width)
{
	BN_CTX *ctx = BN_CTX_new();
	BIGNUM *p = BN_new(), *y = BN_new(), *zero = BN_new();
	EC_POINT *point = EC_POINT_new(g);
	uint8_t raw[66];
	bool ok = ctx != NULL && p != NULL && y != NULL && zero != NULL && point != NULL &&
	    EC_GROUP_get_curve(g, p, NULL, NULL, ctx) == 1 &&
	    BN_bn2binpad(p, raw, width) == width && put(c, "x", raw, (size_t)width);

	if (ok && EC_POINT_set_compressed_coordinates(g, point, zero, 0, ctx) == 1 &&
	    EC_POINT_get_affine_coordinates(g, point, NULL, y, ctx) == 1)
		ok = BN_bn2binpad(y, raw, width) == width && put(c, "y", raw, (size_t)width);
	EC_POINT_free(point);
	BN_free(zero);
	BN_free(p);
	BN_free(y);
	BN_CTX_free(ctx);
	return ok;
}

static bool
coord_big(const struct change *c)
{
	const char *crv = json_string_value(json_object_get(c->jwk, "crv"));
	int nid = crv == NULL ? NID_undef : EC_curve_nist2nid(crv);
	EC_GROUP *g = nid == NID_undef ? NULL : EC_GROUP_new_by_curve_name(nid);
	bool ok = g != NULL && put_prime(c, g, (EC_GROUP_get_degree(g) + 7) / 8);

	EC_GROUP_free(g);
	return ok;
}

/* As many '=' as base64 has there, or one where it has none. */
static bool
pad(const struct change *c, const char *name)
{
	const char *was = json_string_value(json_object_get(c->jwk, name));

	return was != NULL &&
	    json_object_set_new(
	        c->jwk, name, json_sprintf("%s%s", was, strlen(was) % 4 == 2 ? "==" : "=")) == 0;
}

static bool
n_pad(const struct change *c)
{
	return pad(c, "n");
}

static bool
e_pad(const struct change *c)
{
	return pad(c, "e");
}

static bool
all_pad(const struct change *c)
{
	static const char *const names[] = { "n", "e", "x", "y" };
	bool any = false;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		any = pad(c, names[i]) || any;
	return any;
}

static bool private(const struct change *c)
{
	return json_object_update_missing(c->jwk, c->key->priv) == 0;
}

static const struct row {
	const char *name;
	bool (*fn)(const struct change *);
} rows[] = {
	{ "coord.short", coord_short },
	{ "coord.long", coord_long },
	{ "coord.off", coord_off },
	{ "coord.zero", coord_zero },
	{ "coord.swap", coord_swap },
	{ "coord.big", coord_big },
	{ "n.lead", n_lead },
	{ "n.even", n_even },
	{ "n.pad", n_pad },
	{ "e.pad", e_pad },
	{ "b64.pad", all_pad },
	{ "private", private },
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
mutate_jwk_args(const char *name)
{
	return find(name) == NULL ? NULL : "";
}

enum errcode
mutate_jwk_apply(const struct mutate *m, const struct key *key, json_t *jwk, struct err *e)
{
	const struct row *r = find(m->name);
	const struct change c = { key, jwk };

	if (r != NULL && r->fn(&c))
		return E_OK;
	return err_set(e, E_FORMAT, NULL, ": %.64s does not fit the key", m->name);
}
