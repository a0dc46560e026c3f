/* Public keys that nobody has the private ones of. */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include "common/b64url.h"
#include "mock_idp/drbg.h"
#include "mock_idp/jose/jwk.h"
#include "mock_idp/jose/manykeys.h"

#define OCTETS 256 /* of a modulus */

static bool
add(json_t *list, json_t *jwk, const char *alg, const char *suffix, size_t i)
{
	char kid[32];

	(void)snprintf(kid, sizeof(kid), "%06zx-%s", i, suffix);
	if (jwk != NULL && json_object_set_new(jwk, "use", json_string("sig")) == 0 &&
	    json_object_set_new(jwk, "kid", json_string(kid)) == 0 &&
	    json_object_set_new(jwk, "alg", json_string(alg)) == 0)
		return json_array_append_new(list, jwk) == 0;
	json_decref(jwk);
	return false;
}

/* What looks like a modulus: nobody multiplied two primes for it. */
static bool
add_rsa(json_t *list, size_t n)
{
	uint8_t raw[OCTETS];
	char text[B64URL_ENCODED(OCTETS) + 1];
	struct drbg d;

	drbg_init(&d, 0, "many");
	for (size_t i = 1; i <= n; i++) {
		(void)drbg_fill(&d, raw, sizeof(raw));
		raw[0] |= 0x80;
		raw[OCTETS - 1] |= 1;
		b64url_encode(text, raw, sizeof(raw));
		if (!add(list, json_pack("{s:s, s:s, s:s}", "kty", "RSA", "n", text, "e", "AQAB"),
		        "RS256", "rs256", i))
			return false;
	}
	return true;
}

struct points {
	EC_GROUP *group;
	EC_POINT *at;
	BIGNUM *x, *y;
	BN_CTX *ctx;
};

/* Each is the last one and the generator. */
static bool
add_points(json_t *list, size_t n, const struct points *p)
{
	for (size_t i = 1; i <= n; i++) {
		if (EC_POINT_add(
		        p->group, p->at, p->at, EC_GROUP_get0_generator(p->group), p->ctx) != 1 ||
		    EC_POINT_get_affine_coordinates(p->group, p->at, p->x, p->y, p->ctx) != 1 ||
		    !add(list,
		        json_pack("{s:s, s:s, s:o, s:o}", "kty", "EC", "crv", "P-256", "x",
		            jwk_number(p->x, 32), "y", jwk_number(p->y, 32)),
		        "ES256", "es256", i))
			return false;
	}
	return true;
}

static bool
add_ec(json_t *list, size_t n)
{
	EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	struct points p = { group, group == NULL ? NULL : EC_POINT_new(group), BN_new(), BN_new(),
		BN_CTX_new() };
	bool ok =
	    p.at != NULL && p.x != NULL && p.y != NULL && p.ctx != NULL && add_points(list, n, &p);

	EC_POINT_free(p.at);
	BN_free(p.x);
	BN_free(p.y);
	BN_CTX_free(p.ctx);
	EC_GROUP_free(p.group);
	return ok;
}

bool
manykeys_add(json_t *list, const char *kty, size_t n)
{
	return strcmp(kty, "EC") == 0 ? add_ec(list, n) : add_rsa(list, n);
}
