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
	size_t room = c->head.payload_len + 1; /* never 0 */

	if ((c->payload = malloc(room)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if (b64url_decode(c->payload, room, &c->len, c->head.payload, c->head.payload_len))
		return E_OK;
	compact_clear(c);
	return err_set(e, E_TOK, "jws.b64", "the payload is not canonical base64url");
}

/* Under the one key that fits; head is parsed. Takes c over on success. */
static enum errcode
open_under(struct compact *out, struct compact *c, const struct jwks *keys, struct err *e)
{
	const struct jwk *key = NULL;
	enum errcode r;

	if ((r = jwks_find(&key, keys, c->head.alg->name,
	         c->head.kid[0] == '\0' ? NULL : c->head.kid, e)) != E_OK ||
	    (r = jws_verify(&c->head, c->head.alg, key, e)) != E_OK ||
	    (r = decode_payload(c, e)) != E_OK)
		return r;
	*out = *c;
	return E_OK;
}

enum errcode
compact_open(struct compact *out, const char *token, const struct jwks *keys,
    const struct strlist *algorithms, struct err *e)
{
	struct compact c = { .payload = NULL };
	enum errcode r = jwthead_parse(&c.head, token, algorithms, e);

	return r == E_OK ? open_under(out, &c, keys, e) : r;
}

enum errcode
compact_open_any(struct compact *out, const char *token, const struct jwks *keys,
    const struct strlist *algorithms, struct err *e)
{
	struct compact c = { .payload = NULL };
	enum errcode r = jwthead_parse_any(&c.head, token, algorithms, e);

	return r == E_OK ? open_under(out, &c, keys, e) : r;
}

void
compact_clear(struct compact *c)
{
	secmem_free(c->payload, c->payload == NULL ? 0 : c->head.payload_len + 1);
	c->payload = NULL;
	c->len = 0;
}
