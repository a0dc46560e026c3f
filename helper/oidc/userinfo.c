/* The UserInfo response. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "helper/oidc/check.h"
#include "helper/oidc/compact.h"
#include "helper/oidc/json.h"
#include "helper/oidc/userinfo.h"

#define ISSUER_MAX 2048

static enum errcode
check_envelope(long status, const char *content_type, size_t len, struct err *e)
{
	if (CHECK(C_094) && (status == 401 || status == 403))
		return err_set(
		    e, E_DENY, "ui.401", "UserInfo refuses the access token: HTTP %ld", status);
	if (CHECK(C_093) && status != 200)
		return err_set(e, E_PROTO, "ui.status", "UserInfo answers HTTP %ld", status);
	if (CHECK(C_093) && !json_media_is(content_type, "application/json") &&
	    !json_media_is(content_type, "application/jwt"))
		return err_set(e, E_PROTO, "ui.ctype",
		    "UserInfo is neither application/json nor application/jwt");
	if (CHECK(H_01) && len > USERINFO_MAX)
		return err_set(
		    e, E_PROTO, "ui.size", "UserInfo of %zu bytes, %d at most", len, USERINFO_MAX);
	return E_OK;
}

static enum errcode
read_json(struct claims **out, const void *body, size_t len, struct err *e)
{
	struct err why = { .code = E_OK };
	enum errcode r = claims_parse(out, body, len, &why);

	if (r == E_OK || r == E_NOMEM)
		return r == E_OK ? E_OK : err_set(e, E_NOMEM, NULL, "out of memory");
	return err_set(e, E_PROTO, "ui.json", "UserInfo: %s", why.text);
}

/* Core 5.3.2: what a signed answer says of its origin and its reader must be true. */
static enum errcode
check_signed(const struct claims *c, const struct userinfo_expect *x, struct err *e)
{
	struct strlist many = { .n = 0 };
	const char *s = NULL;
	enum claims_found f = claims_str(c, "iss", ISSUER_MAX, &s);
	bool ours;

	if (CHECK(C_093) && (f == CLAIMS_BAD || (f == CLAIMS_OK && strcmp(s, x->issuer) != 0)))
		return err_set(e, E_CLM, "ui.iss", "the signed UserInfo is of another issuer");
	f = claims_str(c, "aud", ISSUER_MAX, &s);
	if (f == CLAIMS_ABSENT)
		return E_OK;
	if (f == CLAIMS_BAD)
		(void)claims_strings(c, "aud", &many);
	ours = f == CLAIMS_OK ? strcmp(s, x->client_id) == 0 : strlist_has(&many, x->client_id);
	strlist_clear(&many);
	if (CHECK(C_093) && !ours)
		return err_set(e, E_CLM, "ui.aud", "the signed UserInfo is for another client");
	return E_OK;
}

static enum errcode
read_jwt(struct claims **out, const void *body, size_t len, const struct userinfo_expect *x,
    struct err *e)
{
	struct compact c = { .payload = NULL };
	struct claims *claims = NULL;
	char *token = strndup(body, len);
	enum errcode r;

	if (token == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if (CHECK(C_101) && strlen(token) != len)
		r = err_set(e, E_TOK, "jws.b64", "a NUL byte in the signed UserInfo");
	else if ((r = compact_open(&c, token, x->keys, x->algorithms, e)) == E_OK &&
	    (r = read_json(&claims, c.payload, c.len, e)) == E_OK &&
	    (r = check_signed(claims, x, e)) == E_OK) {
		*out = claims;
		claims = NULL;
	}
	claims_free(claims);
	compact_clear(&c);
	secmem_freestr(token);
	return r;
}

/* Core 5.3.2: without this, the claims of another person could be slipped in. */
static enum errcode
check_sub(const struct claims *c, const char *sub, struct err *e)
{
	const char *is = NULL;

	if (claims_str(c, "sub", 255, &is) != CLAIMS_OK)
		return err_set(e, E_CLM, "ui.sub", "UserInfo has no sub");
	if (CHECK(C_092) && strcmp(is, sub) != 0)
		return err_set(
		    e, E_CLM, "ui.sub", "UserInfo is about another subject than the ID token");
	return E_OK;
}

enum errcode
userinfo_parse(struct claims **out, long status, const char *content_type, const void *body,
    size_t len, const struct userinfo_expect *x, struct err *e)
{
	struct claims *c = NULL;
	enum errcode r;

	if ((r = check_envelope(status, content_type, len, e)) != E_OK)
		return r;
	r = json_media_is(content_type, "application/jwt") ? read_jwt(&c, body, len, x, e)
	                                                   : read_json(&c, body, len, e);
	if (r != E_OK)
		return r;
	if ((r = check_sub(c, x->sub, e)) != E_OK) {
		claims_free(c);
		return r;
	}
	*out = c;
	return E_OK;
}
