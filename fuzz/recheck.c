/* An ID token judged a second time: jansson and OpenSSL alone. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <openssl/ecdsa.h>

#include "fuzz/recheck.h"

#define PART_MAX 65536 /* static room: this has one thread */

/* The bytes of one part; EVP_DecodeBlock wants the other alphabet, and whole groups of four. */
static int
decode(unsigned char out[PART_MAX], const char *part, size_t len)
{
	static char text[PART_MAX];
	size_t pad = (4 - len % 4) % 4;
	int n;

	if (len + pad >= sizeof(text))
		return -1;
	for (size_t i = 0; i < len; i++)
		text[i] = part[i];
	memset(text + len, '=', pad);
	for (size_t i = 0; i < len; i++)
		text[i] = (char)(text[i] == '-' ? '+' : text[i] == '_' ? '/' : text[i]);
	n = EVP_DecodeBlock(out, (const unsigned char *)text, (int)(len + pad));
	return n < 0 ? -1 : n - (int)pad;
}

/* R || S as the DER that OpenSSL reads; its length, 0 if it is none. */
static size_t
to_der(unsigned char **der, const unsigned char *raw, int len)
{
	ECDSA_SIG *pair = ECDSA_SIG_new();
	int n = 0;

	if (len == 64 && pair != NULL &&
	    ECDSA_SIG_set0(pair, BN_bin2bn(raw, 32, NULL), BN_bin2bn(raw + 32, 32, NULL)) == 1)
		n = i2d_ECDSA_SIG(pair, der);
	ECDSA_SIG_free(pair);
	return n > 0 ? (size_t)n : 0;
}

static bool
is_signed(const char *token, const char *sig, EVP_PKEY *signer)
{
	static unsigned char raw[PART_MAX];
	const unsigned char *input = (const unsigned char *)token;
	int len = decode(raw, sig, strlen(sig));
	bool ec = EVP_PKEY_get_base_id(signer) == EVP_PKEY_EC;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char *der = NULL;
	size_t n = ec ? to_der(&der, raw, len) : len > 0 ? (size_t)len : 0;
	bool good = n > 0 && ctx != NULL &&
	    EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, signer) == 1 &&
	    EVP_DigestVerify(ctx, ec ? der : raw, n, input, (size_t)(sig - 1 - token)) == 1;

	OPENSSL_free(der);
	EVP_MD_CTX_free(ctx);
	return good;
}

static json_t *
read_part(const char *part, const char *end)
{
	static unsigned char raw[PART_MAX];
	int n = decode(raw, part, (size_t)(end - part));

	return n < 0 ? NULL
	             : json_loadb((const char *)raw, (size_t)n, JSON_REJECT_DUPLICATES, NULL);
}

/* JSON's null is no value. */
static const json_t *
member(const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	return json_is_null(v) ? NULL : v;
}

static bool
says(const json_t *o, const char *name, const char *value)
{
	const char *s = json_string_value(member(o, name));

	return s != NULL && value != NULL && strcmp(s, value) == 0;
}

static bool
absent_or_says(const json_t *o, const char *name, const char *value)
{
	return member(o, name) == NULL || says(o, name, value);
}

static bool
is_for_us(const json_t *claims, const struct idtoken_expect *x)
{
	const json_t *aud = member(claims, "aud");
	bool ours = says(claims, "aud", x->client_id);

	for (size_t i = 0; i < json_array_size(aud); i++) {
		const char *who = json_string_value(json_array_get(aud, i));

		if (who == NULL)
			return false;
		if (strcmp(who, x->client_id) == 0)
			ours = true;
		else if (x->trusted == NULL || !strlist_has(x->trusted, who))
			return false;
	}
	return ours && absent_or_says(claims, "azp", x->client_id) &&
	    (json_array_size(aud) < 2 || says(claims, "azp", x->client_id));
}

static bool
is_of_now(const json_t *claims, const struct idtoken_expect *x)
{
	const json_t *exp = member(claims, "exp"), *iat = member(claims, "iat"),
	             *nbf = member(claims, "nbf");
	double now = (double)x->now, skew = (double)x->skew, late = (double)x->iat_leeway;

	/* a fraction of a second is cut off */
	if (!json_is_number(exp) || !json_is_number(iat) || (nbf != NULL && !json_is_number(nbf)))
		return false;
	return json_number_value(exp) > now - skew && json_number_value(iat) < now + skew + 1 &&
	    json_number_value(iat) >= (double)x->started - (late > skew ? late : skew) &&
	    (nbf == NULL || json_number_value(nbf) < now + skew + 1);
}

static bool
holds(const json_t *head, const json_t *claims, const struct idtoken_expect *x)
{
	return json_is_object(head) && json_object_get(head, "crit") == NULL &&
	    says(claims, "iss", x->issuer) && json_string_length(member(claims, "sub")) > 0 &&
	    is_for_us(claims, x) && is_of_now(claims, x) && member(claims, "events") == NULL &&
	    (x->nonce_required ? says(claims, "nonce", x->nonce)
	                       : absent_or_says(claims, "nonce", x->nonce));
}

bool
recheck(const char *token, EVP_PKEY *es256, EVP_PKEY *rs256, const struct idtoken_expect *x)
{
	const char *one = strchr(token, '.'), *two = one == NULL ? NULL : strchr(one + 1, '.');
	json_t *head, *claims;
	EVP_PKEY *signer;
	bool good;

	if (two == NULL || strchr(two + 1, '.') != NULL)
		return false;
	head = read_part(token, one);
	claims = read_part(one + 1, two);
	signer = says(head, "alg", "ES256") ? es256 : says(head, "alg", "RS256") ? rs256 : NULL;
	good = signer != NULL && holds(head, claims, x) && is_signed(token, two + 1, signer);
	json_decref(head);
	json_decref(claims);
	return good;
}
