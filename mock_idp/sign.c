/* Well-formed signed tokens. All calls of libjwt (1.10 to 2.x) stand here. */
#include "config.h"

#include <stdlib.h>

#include <jwt.h>

#include "common/secmem.h"
#include "mock_idp/sign.h"

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
out:
	jwt_free(jwt);
	secmem_freestr(text);
	if (made == NULL)
		return err_set(e, E_KEYS, NULL, "cannot sign with %s", k->kid);
	*token = made;
	return E_OK;
}
