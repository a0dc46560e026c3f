/* One JSON Web Key, made into a public key. */
#include "config.h"

#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#include "common/b64url.h"
#include "helper/oidc/check.h"
#include "helper/oidc/json.h"
#include "helper/oidc/jwk.h"
#include "helper/oidc/roca.h"
#include "helper/oidc/smallorder.h"

#define OCTETS_MAX (JWK_RSA_MAX / 8 + 8) /* a little more, for leading zeros */
#define MEMBER_MAX B64URL_ENCODED(OCTETS_MAX)
#define EC_MAX 66 /* P-521 */

/* A member of base64url; the reason of a refusal is the same for all of them. */
static enum errcode
take_octets(uint8_t dst[OCTETS_MAX], size_t *len, const json_t *o, const char *name, struct err *e)
{
	const json_t *v = json_object_get(o, name);
	const char *s = NULL;

	if (json_as_str(v, SIZE_MAX, &s) != JSON_GOOD)
		return err_set(e, E_KEYS, "jwks.incomplete", "the key has no member %s", name);
	if (json_string_length(v) > MEMBER_MAX)
		return err_set(e, E_KEYS, "jwks.size", "the key's member %s is too long", name);
	if (!b64url_decode(dst, OCTETS_MAX, len, s, json_string_length(v)))
		return err_set(
		    e, E_KEYS, "jwks.b64", "the key's member %s is not canonical base64url", name);
	return E_OK;
}

/* Leading zeros are dropped: some providers write them, and they prove nothing. */
static BIGNUM *
to_number(const uint8_t *p, size_t len)
{
	while (len > 0 && *p == 0) {
		p++;
		len--;
	}
	return BN_bin2bn(p, (int)len, NULL);
}

/* RFC 7518 section 3.3. e = 1 would make every padded hash its own signature (H-27). */
static enum errcode
check_rsa(const BIGNUM *n, const BIGNUM *e_, struct err *e)
{
	int bits = BN_num_bits(n);

	if (CHECK(C_119) && (bits < JWK_RSA_MIN || bits > JWK_RSA_MAX))
		return err_set(e, E_KEYS, "jwks.rsa.size",
		    "an RSA key of %d bits, %d to %d expected", bits, JWK_RSA_MIN, JWK_RSA_MAX);
	if (CHECK(C_119) && !BN_is_odd(n))
		return err_set(e, E_KEYS, "jwks.rsa.even", "an RSA key with an even modulus");
	if (CHECK(C_119) && (BN_num_bits(e_) < 2 || BN_num_bits(e_) > 32 || !BN_is_odd(e_)))
		return err_set(e, E_KEYS, "jwks.rsa.e",
		    "an RSA key whose exponent is not odd, from 3 and below 2^32");
	if (CHECK(C_119) && roca_fingerprint(n))
		return err_set(e, E_KEYS, "jwks.rsa.roca",
		    "an RSA key that a faulty chip made, and that can be factored "
		    "(CVE-2017-15361): make a new one");
	return E_OK;
}

static enum errcode
from_params(EVP_PKEY **out, const char *type, OSSL_PARAM *params, struct err *e)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *pkey = NULL;
	enum errcode r = E_OK;

	if (ctx == NULL || params == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
		r = err_set(e, E_KEYS, "jwks.import", "OpenSSL makes no %s key of it", type);
	else
		*out = pkey;
	EVP_PKEY_CTX_free(ctx);
	return r;
}

static enum errcode
import_rsa(EVP_PKEY **out, const json_t *o, struct err *e)
{
	uint8_t n_raw[OCTETS_MAX], e_raw[OCTETS_MAX];
	OSSL_PARAM_BLD *bld = NULL;
	OSSL_PARAM *params = NULL;
	BIGNUM *n = NULL, *ex = NULL;
	size_t n_len, e_len;
	enum errcode r;

	if ((r = take_octets(n_raw, &n_len, o, "n", e)) != E_OK ||
	    (r = take_octets(e_raw, &e_len, o, "e", e)) != E_OK)
		return r;
	n = to_number(n_raw, n_len);
	ex = to_number(e_raw, e_len);
	bld = OSSL_PARAM_BLD_new();
	if (n == NULL || ex == NULL || bld == NULL ||
	    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, n) != 1 ||
	    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, ex) != 1 ||
	    (params = OSSL_PARAM_BLD_to_param(bld)) == NULL)
		r = err_set(e, E_NOMEM, NULL, "out of memory");
	else if ((r = check_rsa(n, ex, e)) == E_OK)
		r = from_params(out, "RSA", params, e);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(bld);
	BN_free(n);
	BN_free(ex);
	return r;
}

static enum errcode
off_curve(struct err *e)
{
	return err_set(e, E_KEYS, "jwks.ec.point", "an EC key whose point is not on its curve");
}

static enum errcode
check_on_curve(EVP_PKEY *pkey, struct err *e)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
	enum errcode r = E_OK;

	if (ctx == NULL || (CHECK(C_120) && EVP_PKEY_public_check(ctx) != 1))
		r = off_curve(e);
	EVP_PKEY_CTX_free(ctx);
	return r;
}

/* RFC 7518 section 6.2.1: coordinates have the curve's full length, zeros included (C-120). */
static enum errcode
import_ec(EVP_PKEY **out, const json_t *o, struct err *e)
{
	uint8_t x[OCTETS_MAX], y[OCTETS_MAX],
	    point[1 + 2 * EC_MAX] = { POINT_CONVERSION_UNCOMPRESSED };
	char group[32];
	const char *crv = "";
	const struct alg *a;
	EVP_PKEY *pkey = NULL;
	size_t x_len, y_len;
	enum errcode r;

	(void)json_as_str(json_object_get(o, "crv"), 16, &crv);
	if ((a = alg_for_curve("EC", crv)) == NULL)
		return err_set(e, E_KEYS, "jwks.unknown", "an EC key on a curve not used here");
	if ((r = take_octets(x, &x_len, o, "x", e)) != E_OK ||
	    (r = take_octets(y, &y_len, o, "y", e)) != E_OK)
		return r;
	if (CHECK(C_120) && (x_len != a->coord || y_len != a->coord))
		return err_set(e, E_KEYS, "jwks.ec.size",
		    "an EC key with coordinates of %zu and %zu octets, %zu expected", x_len, y_len,
		    a->coord);
	memcpy(point + 1, x, x_len);
	memcpy(point + 1 + x_len, y, y_len);
	memcpy(group, a->group, strlen(a->group) + 1);
	r = from_params(&pkey, "EC",
	    (OSSL_PARAM[]){ OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
	        OSSL_PARAM_construct_octet_string(
	            OSSL_PKEY_PARAM_PUB_KEY, point, 1 + x_len + y_len),
	        OSSL_PARAM_construct_end() },
	    NULL);
	/* the curve and the lengths are right: only the point is left to be wrong */
	if (r != E_OK)
		return off_curve(e);
	if ((r = check_on_curve(pkey, e)) != E_OK)
		EVP_PKEY_free(pkey);
	else
		*out = pkey;
	return r;
}

/* RFC 8037 section 2. What is no point of the curve verifies nothing. */
static enum errcode
import_okp(EVP_PKEY **out, const json_t *o, struct err *e)
{
	uint8_t x[OCTETS_MAX];
	const char *crv = "";
	const struct alg *a;
	enum errcode r;
	size_t len;

	(void)json_as_str(json_object_get(o, "crv"), 16, &crv);
	if ((a = alg_for_curve("OKP", crv)) == NULL)
		return err_set(e, E_KEYS, "jwks.unknown", "an OKP key on a curve not used here");
	if ((r = take_octets(x, &len, o, "x", e)) != E_OK)
		return r;
	if (CHECK(C_125) && len != a->coord)
		return err_set(e, E_KEYS, "jwks.okp.size", "an OKP key of %zu octets, %zu expected",
		    len, a->coord);
	if (CHECK(C_125) && len == SMALLORDER_OCTETS && smallorder_is(x))
		return err_set(e, E_KEYS, "jwks.okp.point",
		    "an OKP key of small order, under which anybody can sign");
	return from_params(out, a->group,
	    (OSSL_PARAM[]){ OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, x, len),
	        OSSL_PARAM_construct_end() },
	    e);
}

static const struct {
	const char *kty;
	enum errcode (*import)(EVP_PKEY **, const json_t *, struct err *);
} kinds[] = {
	{ "RSA", import_rsa },
	{ "EC", import_ec },
	{ "OKP", import_okp },
};

/* Someone published a secret: nothing of this set can be trusted (C-118). */
static enum errcode
check_public(const json_t *o, struct err *e)
{
	static const char *const secret[] = { "k", "d", "p", "q", "dp", "dq", "qi", "oth" };
	const char *kty = json_string_value(json_object_get(o, "kty"));

	if (CHECK(C_118) && kty != NULL && strcmp(kty, "oct") == 0)
		return err_set(e, E_KEYS, "jwks.oct", "the key set holds a symmetric key");
	for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++)
		if (CHECK(C_118) && json_object_get(o, secret[i]) != NULL)
			return err_set(e, E_KEYS, "jwks.private",
			    "the key set holds a key with the private member %s", secret[i]);
	return E_OK;
}

/* Absent is "" and fine; a wrong type or length is not. */
static bool
take_text(char *dst, size_t size, const json_t *o, const char *name)
{
	const char *s = "";

	if (json_as_str(json_object_get(o, name), size - 1, &s) == JSON_BAD)
		return false;
	memcpy(dst, s, strlen(s) + 1);
	return true;
}

static bool
take_purpose(struct jwk *k, const json_t *o)
{
	struct strlist ops = { .n = 0 };
	const char *use = "sig";
	enum json_found f;

	if (json_as_str(json_object_get(o, "use"), 64, &use) == JSON_BAD)
		return false;
	k->for_signatures = strcmp(use, "sig") == 0;
	f = json_as_strings(json_object_get(o, "key_ops"), 16, 256, &ops);
	k->for_verifying = f == JSON_ABSENT || strlist_has(&ops, "verify");
	strlist_clear(&ops);
	return f == JSON_ABSENT || f == JSON_GOOD;
}

enum errcode
jwk_parse(struct jwk *out, const json_t *o, struct err *e)
{
	struct jwk k = { .pkey = NULL };
	enum errcode r;

	if ((r = check_public(o, e)) != E_OK)
		return r;
	r = err_set(&k.why, E_KEYS, "jwks.unknown", "a key of a type not used here");
	if (!take_text(k.kid, sizeof(k.kid), o, "kid") ||
	    !take_text(k.kty, sizeof(k.kty), o, "kty") ||
	    !take_text(k.crv, sizeof(k.crv), o, "crv") ||
	    !take_text(k.alg, sizeof(k.alg), o, "alg") || !take_purpose(&k, o)) {
		*out = k;
		return E_OK;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(k.kty, kinds[i].kty) == 0) {
			k.why = (struct err){ .code = E_OK };
			r = kinds[i].import(&k.pkey, o, &k.why);
		}
	ERR_clear_error();
	if (r == E_NOMEM)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	*out = k;
	return E_OK;
}

void
jwk_clear(struct jwk *k)
{
	EVP_PKEY_free(k->pkey);
	k->pkey = NULL;
}

const char *
jwk_unfit(const struct jwk *k, const struct alg *a)
{
	if (CHECK(C_114) && strcmp(k->kty, a->kty) != 0)
		return "jwks.kty-mm";
	if (CHECK(C_114, C_121) && a->crv[0] != '\0' && strcmp(k->crv, a->crv) != 0)
		return "jwks.crv-mm";
	if (CHECK(C_114, C_126) && k->alg[0] != '\0' && strcmp(k->alg, a->name) != 0)
		return "jwks.alg-mm";
	if (CHECK(C_114) && !k->for_signatures)
		return "jwks.use-enc";
	if (CHECK(C_114) && !k->for_verifying)
		return "jwks.ops-enc";
	return NULL;
}
