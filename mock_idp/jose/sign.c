/* Well-formed signed tokens. All calls of libjwt (1.10 to 2.x) stand here. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jwt.h>
#include <openssl/core_names.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/ecdsa.h"
#include "mock_idp/jose/sign.h"

/* RS256 is the same for the same bytes anyway; under ES256, libjwt's signature makes room for one
 * that is. */
static bool
sign_again(const struct key *k, char *token)
{
	char *dot = strrchr(token, '.'), text[B64URL_ENCODED(ECDSA_MAX) + 1];
	struct ecdsa how = { .curve = "P-256", .digest = "SHA256" };
	uint8_t sig[ECDSA_MAX];
	BIGNUM *priv = NULL;
	size_t n = 0;

	if (dot != NULL && EVP_PKEY_get_bn_param(k->pkey, OSSL_PKEY_PARAM_PRIV_KEY, &priv) == 1) {
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

enum errcode
sign_token(const struct key *k, const json_t *claims, char **token, struct err *e)
{
	jwt_alg_t alg = k->alg == KEYS_RS256 ? JWT_ALG_RS256 : JWT_ALG_ES256;
	char *text = json_dumps(claims, JSON_COMPACT), *made = NULL;
	jwt_t *jwt = NULL;

	if (text == NULL || jwt_new(&jwt) != 0)
		goto out;
	if (jwt_add_grants_json(jwt, text) != 0 || jwt_add_header(jwt, "kid", k->kid) != 0 ||
	    jwt_set_alg(jwt, alg, (const unsigned char *)k->pem, (int)k->pemlen) != 0)
		goto out;
	made = jwt_encode_str(jwt);
	if (made != NULL && k->seeded && k->alg == KEYS_ES256 && !sign_again(k, made)) {
		secmem_freestr(made);
		made = NULL;
	}
out:
	jwt_free(jwt);
	secmem_freestr(text);
	if (made == NULL)
		return err_set(e, E_KEYS, NULL, "cannot sign with %s", k->kid);
	*token = made;
	return E_OK;
}
