/* The issuer's signing keys. RFC 7517, 7518 (members), 7638 (thumbprint). */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/sha.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/keygen.h"
#include "mock_idp/jose/keys.h"

#define NUMBER_MAX 512 /* bytes of the longest key number */

/* A number of the key as base64url of exactly len bytes, or of as many as it needs for 0. */
static json_t *
number(const EVP_PKEY *pkey, const char *param, int len)
{
	uint8_t raw[NUMBER_MAX];
	char text[B64URL_ENCODED(NUMBER_MAX) + 1];
	BIGNUM *bn = NULL;
	json_t *v = NULL;

	if (EVP_PKEY_get_bn_param(pkey, param, &bn) != 1)
		return NULL;
	if (len == 0)
		len = BN_num_bytes(bn);
	if (len <= NUMBER_MAX && BN_bn2binpad(bn, raw, len) == len) {
		b64url_encode(text, raw, (size_t)len);
		v = json_string(text);
	}
	BN_free(bn);
	return v;
}

/* The members that the thumbprint is made of, and no other. */
static json_t *
required_members(const struct key *k)
{
	if (k->alg == KEYS_RS256)
		return json_pack("{s:s, s:o, s:o}", "kty", "RSA", "n",
		    number(k->pkey, OSSL_PKEY_PARAM_RSA_N, 0), "e",
		    number(k->pkey, OSSL_PKEY_PARAM_RSA_E, 0));
	return json_pack("{s:s, s:s, s:o, s:o}", "kty", "EC", "crv", "P-256", "x",
	    number(k->pkey, OSSL_PKEY_PARAM_EC_PUB_X, 32), "y",
	    number(k->pkey, OSSL_PKEY_PARAM_EC_PUB_Y, 32));
}

/* kid: the first six hex digits of the thumbprint, a dash, the algorithm in lower case. */
static bool
describe(struct key *k)
{
	uint8_t md[SHA256_DIGEST_LENGTH];
	char *text;

	if ((k->jwk = required_members(k)) == NULL ||
	    (text = json_dumps(k->jwk, JSON_COMPACT | JSON_SORT_KEYS)) == NULL)
		return false;
	(void)SHA256((const unsigned char *)text, strlen(text), md);
	free(text);
	(void)snprintf(k->kid, sizeof(k->kid), "%02x%02x%02x-%s", md[0], md[1], md[2],
	    k->alg == KEYS_RS256 ? "rs256" : "es256");
	return json_object_set_new(k->jwk, "use", json_string("sig")) == 0 &&
	    json_object_set_new(k->jwk, "kid", json_string(k->kid)) == 0 &&
	    json_object_set_new(k->jwk, "alg", json_string(k->alg_name)) == 0;
}

static bool
export_pem(struct key *k)
{
	BIO *bio = BIO_new(BIO_s_secmem());
	char *p;
	long len;
	bool ok = false;

	if (bio == NULL ||
	    PEM_write_bio_PKCS8PrivateKey(bio, k->pkey, NULL, NULL, 0, NULL, NULL) != 1)
		goto out;
	if ((len = BIO_get_mem_data(bio, &p)) <= 0 || (k->pem = malloc((size_t)len + 1)) == NULL)
		goto out;
	memcpy(k->pem, p, (size_t)len);
	k->pem[len] = '\0';
	k->pemlen = (size_t)len;
	ok = true;
out:
	BIO_free(bio);
	return ok;
}

enum errcode
keys_make(struct keys *keys, const uint64_t *seed, struct err *e)
{
	static const char *const name[KEYS_ALGS] = { "RS256", "ES256" };

	memset(keys, 0, sizeof(*keys));
	for (int i = 0; i < KEYS_ALGS; i++) {
		struct key *k = &keys->k[i];

		k->alg = (enum keys_alg)i;
		k->alg_name = name[i];
		k->seeded = seed != NULL;
		k->pkey =
		    k->alg == KEYS_RS256 ? keygen_rsa(seed, name[i]) : keygen_ec(seed, name[i]);
		if (k->pkey == NULL || !export_pem(k) || !describe(k)) {
			keys_clear(keys);
			return err_set(e, E_KEYS, NULL, "cannot make a key for %s", name[i]);
		}
	}
	return E_OK;
}

void
keys_clear(struct keys *keys)
{
	for (int i = 0; i < KEYS_ALGS; i++) {
		EVP_PKEY_free(keys->k[i].pkey);
		secmem_free(keys->k[i].pem, keys->k[i].pemlen);
		json_decref(keys->k[i].jwk);
	}
	memset(keys, 0, sizeof(*keys));
}

json_t *
keys_jwks(const struct keys *keys)
{
	return json_pack("{s:[O, O]}", "keys", keys->k[KEYS_RS256].jwk, keys->k[KEYS_ES256].jwk);
}
