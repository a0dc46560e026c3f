/* Well-formed signed tokens. All calls of libjwt (1.10 to 1.18) stand here. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include <jwt.h>
#include <openssl/core_names.h>
#include <openssl/pem.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/ecdsa.h"
#include "mock_idp/jose/sign.h"

static const struct row {
	enum alg_id id;
	jwt_alg_t alg;
} rows[] = {
	{ ALG_RS256, JWT_ALG_RS256 },
	{ ALG_RS384, JWT_ALG_RS384 },
	{ ALG_RS512, JWT_ALG_RS512 },
	{ ALG_ES256, JWT_ALG_ES256 },
	{ ALG_ES384, JWT_ALG_ES384 },
	{ ALG_ES512, JWT_ALG_ES512 },
	{ ALG_HS256, JWT_ALG_HS256 },
	{ ALG_HS384, JWT_ALG_HS384 },
	{ ALG_HS512, JWT_ALG_HS512 },
};

static const struct row *
find(const struct alg *alg)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].id == alg->id)
			return &rows[i];
	return NULL;
}

bool
sign_can(const struct alg *alg)
{
	return find(alg) != NULL;
}

/* RSA's and HMAC's are the same for the same bytes anyway; libjwt's ECDSA makes room for one that
 * is. */
static bool
sign_again(const struct sign *s, char *token)
{
	char *dot = strrchr(token, '.'), text[B64URL_ENCODED(ECDSA_MAX) + 1];
	struct ecdsa how = { .curve = s->alg->crv, .digest = s->alg->digest };
	uint8_t sig[ECDSA_MAX];
	BIGNUM *priv = NULL;
	size_t n = 0;

	if (dot != NULL &&
	    EVP_PKEY_get_bn_param(s->key->pkey, OSSL_PKEY_PARAM_PRIV_KEY, &priv) == 1) {
		how.priv = priv;
		n = ecdsa_sign(&how, token, (size_t)(dot - token), sig);
	}
	BN_clear_free(priv);
	if (n == 0)
		return false;
	b64url_encode(text, sig, n);
	if (strlen(dot + 1) != strlen(text))
		return false;
	memcpy(dot + 1, text, strlen(text));
	return true;
}

/* The secret, or the private key as PEM: PKCS #8. */
static bool
set_key(jwt_t *jwt, jwt_alg_t alg, const struct sign *s)
{
	BIO *bio = NULL;
	char *pem;
	long len;
	bool ok = false;

	if (s->alg->kind == ALG_HMAC)
		return jwt_set_alg(
		           jwt, alg, (const unsigned char *)s->secret, (int)strlen(s->secret)) == 0;
	if ((bio = BIO_new(BIO_s_secmem())) != NULL &&
	    PEM_write_bio_PKCS8PrivateKey(bio, s->key->pkey, NULL, NULL, 0, NULL, NULL) == 1 &&
	    (len = BIO_get_mem_data(bio, &pem)) > 0)
		ok = jwt_set_alg(jwt, alg, (const unsigned char *)pem, (int)len) == 0;
	BIO_free(bio);
	return ok;
}

static char *
encode(const struct sign *s, jwt_alg_t alg, const char *claims)
{
	jwt_t *jwt = NULL;
	char *made = NULL;

	if (claims == NULL || jwt_new(&jwt) != 0)
		return NULL;
	if (jwt_add_grants_json(jwt, claims) == 0 && jwt_add_header(jwt, "kid", s->key->kid) == 0 &&
	    set_key(jwt, alg, s))
		made = jwt_encode_str(jwt);
	jwt_free(jwt);
	return made;
}

enum errcode
sign_token(const struct sign *s, const json_t *claims, char **token, struct err *e)
{
	const struct row *r = find(s->alg);
	char *text = json_dumps(claims, JSON_COMPACT);
	char *made = r == NULL ? NULL : encode(s, r->alg, text);

	secmem_freestr(text);
	if (made != NULL && s->key->seeded && s->alg->kind == ALG_ECDSA && !sign_again(s, made)) {
		secmem_freestr(made);
		made = NULL;
	}
	if (made == NULL)
		return err_set(
		    e, E_KEYS, NULL, "cannot sign %s with %s", s->alg->name, s->key->kid);
	*token = made;
	return E_OK;
}
