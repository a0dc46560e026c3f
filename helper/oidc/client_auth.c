/* How this client proves itself. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "common/secmem.h"
#include "common/text.h"
#include "common/url.h"
#include "helper/oidc/assertion.h"
#include "helper/oidc/check.h"
#include "helper/oidc/client_auth.h"

#define CREDENTIALS_MAX 8192 /* form-encoded id and secret */
#define OFFER_SHOWN 160      /* of a provider's list in a log line */

static const char *const names[] = {
	[CLIENT_AUTH_NONE] = "none",
	[CLIENT_AUTH_BASIC] = "client_secret_basic",
	[CLIENT_AUTH_POST] = "client_secret_post",
	[CLIENT_AUTH_SECRET_JWT] = "client_secret_jwt",
	[CLIENT_AUTH_KEY_JWT] = "private_key_jwt",
	[CLIENT_AUTH_AUTO] = "auto",
};

const char *
client_auth_name(enum client_auth_method m)
{
	return names[m];
}

static bool
offers(const struct strlist *offered, enum client_auth_method m)
{
	return strlist_has(offered, names[m]);
}

/*
 * What is sent where is the provider's registration to say, and the list does not say which it is.
 * Those that take the registered method alone (Authelia, Zitadel, Ory Hydra) list none as well, and
 * register client_secret_basic unless told otherwise; those that do not list it take either, but
 * Dex and Rauthy read the body alone at the device endpoint, whatever they list. A short secret
 * signs nothing.
 */
static enum client_auth_method
by_secret(const struct strlist *offered, const char *secret)
{
	bool basic = offers(offered, CLIENT_AUTH_BASIC), post = offers(offered, CLIENT_AUTH_POST);

	if (post && (!basic || !offers(offered, CLIENT_AUTH_NONE)))
		return CLIENT_AUTH_POST;
	if (!basic && offers(offered, CLIENT_AUTH_SECRET_JWT) &&
	    strlen(secret) >= ASSERTION_SECRET_MIN)
		return CLIENT_AUTH_SECRET_JWT;
	return CLIENT_AUTH_BASIC;
}

/* An absent list says nothing new. none needs no offer, but a list of none of our ways says that
 * the provider will have something else. */
static bool
is_offered(const struct strlist *offered, enum client_auth_method m)
{
	if (offered->n == 0 || offers(offered, m))
		return true;
	for (unsigned i = CLIENT_AUTH_BASIC; m == CLIENT_AUTH_NONE && i < CLIENT_AUTH_AUTO; i++)
		if (offers(offered, (enum client_auth_method)i))
			return true;
	return false;
}

static enum errcode
not_offered(const struct strlist *offered, enum client_auth_method m, bool chosen, struct err *e)
{
	char list[OFFER_SHOWN] = "", word[64];
	size_t at = 0;

	for (size_t i = 0; i < offered->n && at < sizeof(list); i++)
		at += (size_t)snprintf(list + at, sizeof(list) - at, "%s%s", i > 0 ? ", " : "",
		    text_escape(word, sizeof(word), offered->v[i], strlen(offered->v[i])));
	return err_set(e, E_CFG, "disc.auth",
	    "client_auth = %s%s, but the provider offers %s; configure what the client is "
	    "registered with",
	    names[m], chosen ? " (auto: by what is configured)" : "", list);
}

enum errcode
client_auth_choose(enum client_auth_method *out, enum client_auth_method wanted, const char *secret,
    bool has_key, const struct strlist *offered, struct err *e)
{
	enum client_auth_method m = wanted;

	if (wanted == CLIENT_AUTH_AUTO)
		m = has_key             ? CLIENT_AUTH_KEY_JWT
		    : secret[0] != '\0' ? by_secret(offered, secret)
		                        : CLIENT_AUTH_NONE;
	if (CHECK(C_013) && !is_offered(offered, m))
		return not_offered(offered, m, wanted == CLIENT_AUTH_AUTO, e);
	*out = m;
	return E_OK;
}

/* "id:secret", both halves form-encoded (RFC 6749 section 2.3.1), in padded base64. */
static enum errcode
basic_header(char **header, const char *client_id, const char *secret)
{
	static const char lead[] = "Authorization: Basic ";
	struct buf *b;
	enum errcode r;
	char *s;

	if ((b = buf_new(CREDENTIALS_MAX)) == NULL)
		return E_NOMEM;
	if ((r = url_put_form(b, client_id)) != E_OK || (r = buf_puts(b, ":")) != E_OK ||
	    (r = url_put_form(b, secret)) != E_OK)
		goto out;
	if ((s = calloc(1, sizeof(lead) + (buf_len(b) + 2) / 3 * 4)) == NULL) {
		r = E_NOMEM;
		goto out;
	}
	memcpy(s, lead, sizeof(lead) - 1);
	(void)EVP_EncodeBlock((unsigned char *)s + sizeof(lead) - 1, buf_data(b), (int)buf_len(b));
	*header = s;
out:
	buf_free(b);
	return r;
}

static enum errcode
put_assertion(struct buf *body, const char *assertion)
{
	enum errcode r = url_put_param(body, "client_assertion_type", ASSERTION_TYPE);

	return r == E_OK ? url_put_param(body, "client_assertion", assertion) : r;
}

static bool
is_whole(const struct client_auth *a)
{
	switch (a->method) {
	case CLIENT_AUTH_NONE:
		return true;
	case CLIENT_AUTH_BASIC:
	case CLIENT_AUTH_POST:
		return a->secret != NULL;
	case CLIENT_AUTH_SECRET_JWT:
	case CLIENT_AUTH_KEY_JWT:
		return a->assertion != NULL;
	case CLIENT_AUTH_AUTO:
		break;
	}
	return false;
}

enum errcode
client_auth_apply(struct buf *body, char **header, const struct client_auth *a)
{
	enum errcode r;

	*header = NULL;
	if (!is_whole(a))
		return E_CFG;
	if ((r = url_put_param(body, "client_id", a->client_id)) != E_OK)
		return r;
	switch (a->method) {
	case CLIENT_AUTH_NONE:
		return E_OK;
	case CLIENT_AUTH_BASIC:
		return basic_header(header, a->client_id, a->secret);
	case CLIENT_AUTH_POST:
		return url_put_param(body, "client_secret", a->secret);
	case CLIENT_AUTH_SECRET_JWT:
	case CLIENT_AUTH_KEY_JWT:
		return put_assertion(body, a->assertion);
	case CLIENT_AUTH_AUTO:
		break;
	}
	return E_CFG;
}
