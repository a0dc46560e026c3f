/* A compact token from its text to its verified payload. */
#include "config.h"

#include <stdlib.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "helper/oidc/compact.h"
#include "helper/oidc/jws.h"

static enum errcode
decode_payload(struct compact *c, struct err *e)
{
	if ((c->payload = malloc(c->head.payload_len)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if (b64url_decode(
	        c->payload, c->head.payload_len, &c->len, c->head.payload, c->head.payload_len))
		return E_OK;
	compact_clear(c);
	return err_set(e, E_TOK, "jws.b64", "the payload is not canonical base64url");
}

enum errcode
compact_open(struct compact *out, const char *token, const struct jwks *keys,
    const struct strlist *algorithms, struct err *e)
{
	struct compact c = { .payload = NULL };
	const struct jwk *key = NULL;
	enum errcode r;

	if ((r = jwthead_parse(&c.head, token, algorithms, e)) != E_OK ||
	    (r = jwks_find(&key, keys, c.head.alg->name, c.head.kid[0] == '\0' ? NULL : c.head.kid,
	         e)) != E_OK ||
	    (r = jws_verify(&c.head, c.head.alg, key, e)) != E_OK ||
	    (r = decode_payload(&c, e)) != E_OK)
		return r;
	*out = c;
	return E_OK;
}

void
compact_clear(struct compact *c)
{
	secmem_free(c->payload, c->payload == NULL ? 0 : c->head.payload_len);
	c->payload = NULL;
	c->len = 0;
}
