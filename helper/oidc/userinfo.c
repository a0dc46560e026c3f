/* The UserInfo response. */
#include "config.h"

#include <string.h>

#include "helper/oidc/json.h"
#include "helper/oidc/userinfo.h"

static enum errcode
check_envelope(long status, const char *content_type, size_t len, struct err *e)
{
	if (status == 401 || status == 403)
		return err_set(
		    e, E_DENY, "ui.401", "UserInfo refuses the access token: HTTP %ld", status);
	if (status != 200)
		return err_set(e, E_PROTO, "ui.status", "UserInfo answers HTTP %ld", status);
	if (json_media_is(content_type, "application/jwt"))
		return err_set(e, E_PROTO, "ui.jwt",
		    "UserInfo is signed or encrypted, which was not asked for: set "
		    "userinfo_signed_response_alg to none for this client");
	if (!json_media_is(content_type, "application/json"))
		return err_set(e, E_PROTO, "ui.ctype", "UserInfo is not application/json");
	if (len > USERINFO_MAX)
		return err_set(
		    e, E_PROTO, "ui.size", "UserInfo of %zu bytes, %d at most", len, USERINFO_MAX);
	return E_OK;
}

/* Core 5.3.2: without this, the claims of another person could be slipped in. */
static enum errcode
check_sub(const struct claims *c, const char *sub, struct err *e)
{
	const char *is = NULL;

	if (claims_str(c, "sub", 255, &is) != CLAIMS_OK)
		return err_set(e, E_CLM, "ui.sub", "UserInfo has no sub");
	if (strcmp(is, sub) != 0)
		return err_set(
		    e, E_CLM, "ui.sub", "UserInfo is about another subject than the ID token");
	return E_OK;
}

enum errcode
userinfo_parse(struct claims **out, long status, const char *content_type, const void *body,
    size_t len, const char *sub, struct err *e)
{
	struct err why = { .code = E_OK };
	struct claims *c = NULL;
	enum errcode r;

	if ((r = check_envelope(status, content_type, len, e)) != E_OK)
		return r;
	if ((r = claims_parse(&c, body, len, &why)) == E_NOMEM)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if (r != E_OK)
		return err_set(e, E_PROTO, "ui.json", "UserInfo: %s", why.text);
	if ((r = check_sub(c, sub, e)) != E_OK) {
		claims_free(c);
		return r;
	}
	*out = c;
	return E_OK;
}
