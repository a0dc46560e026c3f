/* A JSON Web Key, however unfit, and signatures under it, by OpenSSL. */
#include "config.h"

#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "tests/support/idp/key.h"

#define OCTETS_MAX 4096

struct octets {
	uint8_t p[OCTETS_MAX];
	size_t len;
};

/* SHA-256, -384, -512: what stands before the hash in PKCS #1. RFC 8017 section 9.2. */
static const struct {
	const char *alg, *digest, *oid;
	size_t oidlen;
} algs[] = {
#define OID(n) "\x30" n "\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02"
	{ "RS256", "SHA256", OID("\x31") "\x01\x05\x00\x04\x20", 19 },
	{ "RS384", "SHA384", OID("\x41") "\x02\x05\x00\x04\x30", 19 },
	{ "RS512", "SHA512", OID("\x51") "\x03\x05\x00\x04\x40", 19 },
	{ "PS256", "SHA256", NULL, 0 },
	{ "PS384", "SHA384", NULL, 0 },
	{ "PS512", "SHA512", NULL, 0 },
	{ "ES256", "SHA256", NULL, 0 },
	{ "ES384", "SHA384", NULL, 0 },
	{ "ES512", "SHA512", NULL, 0 },
	{ "EdDSA", NULL, NULL, 0 },
};
#define ALGS (sizeof(algs) / sizeof(algs[0]))

static size_t
find(const char *alg)
{
	size_t i = 0;

	while (i < ALGS && strcmp(algs[i].alg, alg) != 0)
		i++;
	return i;
}

bool
key_knows(const char *alg)
{
	return find(alg) < ALGS;
}

/* base64url by OpenSSL, padding put back. */
static bool
octets(struct octets *o, const json_t *jwk, const char *name)
{
	const char *s = json_string_value(json_object_get(jwk, name));
	unsigned char text[OCTETS_MAX];
	size_t n = 0;
	int len;

	if (s == NULL || strlen(s) > sizeof(text) - 4)
		return false;
	for (; *s != '\0'; s++)
		text[n++] = *s == '-' ? '+' : *s == '_' ? '/' : (unsigned char)*s;
	while (n % 4 != 0)
		text[n++] = '=';
	if ((len = EVP_DecodeBlock(o->p, text, (int)n)) < 0)
		return false;
	o->len = (size_t)len;
	while (n > 0 && text[n - 1] == '=' && o->len > 0) {
		o->len--;
		n--;
	}
	return true;
}

static BIGNUM *
number(const json_t *jwk, const char *name)
{
	struct octets o;

	return octets(&o, jwk, name) ? BN_bin2bn(o.p, (int)o.len, NULL) : NULL;
}

static EVP_PKEY *
from(const char *type, OSSL_PARAM_BLD *bld)
{
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(bld);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *pkey = NULL;

	if (ctx == NULL || params == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
		pkey = NULL;
	EVP_PKEY_CTX_free(ctx);
	OSSL_PARAM_free(params);
	return pkey;
}

static EVP_PKEY *
rsa_of(const json_t *jwk)
{
	BIGNUM *n = number(jwk, "n"), *e = number(jwk, "e");
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	EVP_PKEY *pkey = NULL;

	if (n != NULL && e != NULL && OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
	    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, e) == 1)
		pkey = from("RSA", bld);
	OSSL_PARAM_BLD_free(bld);
	BN_free(n);
	BN_free(e);
	return pkey;
}

/* Coordinates of any length, put to the curve's. */
static EVP_PKEY *
ec_of(const json_t *jwk, const char *crv)
{
	BIGNUM *x = number(jwk, "x"), *y = number(jwk, "y");
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	uint8_t point[1 + 2 * 66] = { POINT_CONVERSION_UNCOMPRESSED };
	int nid = strcmp(crv, "P-224") == 0 ? NID_secp224r1 : EC_curve_nist2nid(crv);
	const char *group = nid == NID_undef ? crv : OBJ_nid2sn(nid);
	EC_GROUP *g = EC_GROUP_new_by_curve_name(nid == NID_undef ? OBJ_sn2nid(crv) : nid);
	int len = g == NULL ? 0 : (EC_GROUP_get_degree(g) + 7) / 8;
	EVP_PKEY *pkey = NULL;

	if (len > 0 && len <= 66 && x != NULL && y != NULL &&
	    BN_bn2binpad(x, point + 1, len) == len &&
	    BN_bn2binpad(y, point + 1 + len, len) == len &&
	    OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME, group, 0) == 1 &&
	    OSSL_PARAM_BLD_push_octet_string(
	        bld, OSSL_PKEY_PARAM_PUB_KEY, point, 1 + 2 * (size_t)len) == 1)
		pkey = from("EC", bld);
	EC_GROUP_free(g);
	OSSL_PARAM_BLD_free(bld);
	BN_free(x);
	BN_free(y);
	return pkey;
}

EVP_PKEY *
key_of(const json_t *jwk)
{
	const char *kty = json_string_value(json_object_get(jwk, "kty"));
	const char *crv = json_string_value(json_object_get(jwk, "crv"));
	struct octets x;

	if (kty != NULL && strcmp(kty, "RSA") == 0)
		return rsa_of(jwk);
	if (kty == NULL || crv == NULL)
		return NULL;
	if (strcmp(kty, "EC") == 0)
		return ec_of(jwk, crv);
	if (strcmp(kty, "OKP") != 0 || !octets(&x, jwk, "x"))
		return NULL;
	return EVP_PKEY_new_raw_public_key_ex(
	    NULL, strcmp(crv, "Ed25519") == 0 ? "ED25519" : "ED448", NULL, x.p, x.len);
}

/* s^e mod n, octet by octet what PKCS #1 says. */
static bool
verify_rs(const json_t *jwk, size_t alg, const struct key_signed *s)
{
	BIGNUM *n = number(jwk, "n"), *e = number(jwk, "e"),
	       *m = BN_bin2bn(s->sig, (int)s->siglen, NULL);
	BN_CTX *ctx = BN_CTX_new();
	uint8_t found[OCTETS_MAX], wanted[OCTETS_MAX], md[EVP_MAX_MD_SIZE];
	size_t mdlen = 0, len = 0;
	bool ok = n != NULL && e != NULL && m != NULL && !BN_is_zero(n);

	ok = ok &&
	    EVP_Q_digest(NULL, algs[alg].digest, NULL, s->input, s->inputlen, md, &mdlen) == 1;
	if (ok)
		len = (size_t)BN_num_bytes(n);
	ok = ok && s->siglen == len && len <= sizeof(found) &&
	    len >= algs[alg].oidlen + mdlen + 11 && BN_mod_exp(m, m, e, n, ctx) == 1 &&
	    BN_bn2binpad(m, found, (int)len) == (int)len;
	if (ok) {
		size_t at = len - mdlen - algs[alg].oidlen;

		memset(wanted, 0xff, len);
		wanted[0] = wanted[at - 1] = 0;
		wanted[1] = 1;
		memcpy(wanted + at, algs[alg].oid, algs[alg].oidlen);
		memcpy(wanted + len - mdlen, md, mdlen);
		ok = memcmp(found, wanted, len) == 0;
	}
	BN_CTX_free(ctx);
	BN_free(n);
	BN_free(e);
	BN_free(m);
	return ok;
}

/* R || S, both as long as the curve is, to DER. */
static unsigned char *
to_der(const EVP_PKEY *pkey, const struct key_signed *s, int *len)
{
	size_t half = ((size_t)EVP_PKEY_get_bits(pkey) + 7) / 8;
	ECDSA_SIG *sig;
	unsigned char *der = NULL;

	if (s->siglen != 2 * half || (sig = ECDSA_SIG_new()) == NULL)
		return NULL;
	if (ECDSA_SIG_set0(sig, BN_bin2bn(s->sig, (int)half, NULL),
	        BN_bin2bn(s->sig + half, (int)half, NULL)) != 1 ||
	    (*len = i2d_ECDSA_SIG(sig, &der)) <= 0)
		der = NULL;
	ECDSA_SIG_free(sig);
	return der;
}

static bool
verify_evp(
    EVP_PKEY *pkey, size_t alg, const struct key_signed *s, const uint8_t *sig, size_t siglen)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *p = NULL;
	bool ok = EVP_DigestVerifyInit_ex(ctx, &p, algs[alg].digest, NULL, NULL, pkey, NULL) == 1;

	if (ok && algs[alg].alg[0] == 'P')
		ok = EVP_PKEY_CTX_set_rsa_padding(p, RSA_PKCS1_PSS_PADDING) == 1 &&
		    EVP_PKEY_CTX_set_rsa_pss_saltlen(p, RSA_PSS_SALTLEN_DIGEST) == 1 &&
		    EVP_PKEY_CTX_set_rsa_mgf1_md_name(p, algs[alg].digest, NULL) == 1;
	ok = ok &&
	    EVP_DigestVerify(ctx, sig, siglen, (const unsigned char *)s->input, s->inputlen) == 1;
	EVP_MD_CTX_free(ctx);
	return ok;
}

bool
key_verifies(const json_t *jwk, const char *alg, const struct key_signed *s)
{
	const char *kty = json_string_value(json_object_get(jwk, "kty"));
	size_t a = alg == NULL ? ALGS : find(alg);
	bool rsa = kty != NULL && strcmp(kty, "RSA") == 0, ok = false;
	unsigned char *der = NULL;
	EVP_PKEY *pkey = NULL;
	int len = 0;

	if (a == ALGS || rsa != (alg[0] == 'R' || alg[0] == 'P'))
		return false;
	if (alg[0] == 'R')
		return verify_rs(jwk, a, s);
	if ((pkey = key_of(jwk)) == NULL)
		goto out;
	if ((strcmp(kty, "EC") == 0) != (strncmp(alg, "ES", 2) == 0))
		goto out;
	if (strncmp(alg, "ES", 2) == 0)
		ok = (der = to_der(pkey, s, &len)) != NULL &&
		    verify_evp(pkey, a, s, der, (size_t)len);
	else
		ok = verify_evp(pkey, a, s, s->sig, s->siglen);
out:
	OPENSSL_free(der);
	EVP_PKEY_free(pkey);
	ERR_clear_error();
	return ok;
}
