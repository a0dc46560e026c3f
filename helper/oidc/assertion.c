/* The signed statement by which this client proves itself. All calls of libjwt (1.10 to 1.18) that
 * the worker makes stand here. */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>
#include <jwt.h>

#include "common/secmem.h"
#include "helper/oidc/assertion.h"

#define JTI_BYTES 16

/* The claims as text: libjwt takes numbers as long, and a text keeps their whole width. */
static char *
claims(const struct assertion *a)
{
	uint8_t random[JTI_BYTES];
	char jti[2 * JTI_BYTES + 1], *text;
	int64_t iat = a->now - ASSERTION_BACK;
	json_t *o;

	if (!secmem_random(random, sizeof(random)))
		return NULL;
	for (size_t i = 0; i < sizeof(random); i++)
		(void)snprintf(jti + 2 * i, 3, "%02x", random[i]);
	o = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I}", "iss", a->client_id, "sub", a->client_id,
	    "aud", a->audience, "jti", jti, "iat", (json_int_t)iat, "exp",
	    (json_int_t)(iat + ASSERTION_LIFE));
	text = o == NULL ? NULL : json_dumps(o, JSON_COMPACT);
	json_decref(o);
	return text;
}

static bool
set_key(jwt_t *jwt, const struct assertion *a)
{
	const char *key = a->key != NULL ? a->key->pem : a->secret;
	jwt_alg_t alg = JWT_ALG_HS256;

	if (a->key != NULL)
		switch (a->key->alg) {
		case CLIENT_KEY_RS256:
			alg = JWT_ALG_RS256;
			break;
		case CLIENT_KEY_ES256:
			alg = JWT_ALG_ES256;
			break;
		}
	return jwt_set_alg(jwt, alg, (const unsigned char *)key, (int)strlen(key)) == 0;
}

/* NULL: out of memory, or a key that libjwt cannot sign with. */
static char *
sign(const struct assertion *a, const char *text)
{
	jwt_t *jwt = NULL;
	char *made = NULL;

	if (jwt_new(&jwt) != 0)
		return NULL;
	if (jwt_add_grants_json(jwt, text) == 0 &&
	    (a->key_id == NULL || jwt_add_header(jwt, "kid", a->key_id) == 0) && set_key(jwt, a))
		made = jwt_encode_str(jwt);
	jwt_free(jwt);
	return made;
}

enum errcode
assertion_make(char **out, const struct assertion *a, struct err *e)
{
	char *text, *made;

	/* a provider would guess a short one from a single assertion, and libjwt signs with none
	 * at all */
	if (a->key == NULL && strlen(a->secret) < ASSERTION_SECRET_MIN)
		return err_set(e, E_CFG, "cfg.secret",
		    "client_secret_jwt needs a secret of %d characters or more, found %zu",
		    ASSERTION_SECRET_MIN, strlen(a->secret));
	text = claims(a);
	made = text == NULL ? NULL : sign(a, text);
	secmem_freestr(text);
	if (made == NULL)
		return err_set(
		    e, E_SYS, "sys.assertion", "no memory or no randomness for a client assertion");
	*out = made;
	return E_OK;
}
