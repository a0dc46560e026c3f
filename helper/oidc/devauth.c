/* The device authorization response. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "common/text.h"
#include "common/url.h"
#include "helper/oidc/check.h"
#include "helper/oidc/devauth.h"
#include "helper/oidc/json.h"
#include "helper/oidc/origin.h"
#include "helper/oidc/refusal.h"

#define USER_CODE_MIN 4
#define INTERVAL_DEFAULT 5 /* RFC 8628 section 3.2 */

static enum errcode
take_str(char **dst, const json_t *o, const char *name, size_t max, struct err *e)
{
	const char *s = "";
	enum json_found f = json_as_str(json_object_get(o, name), max, &s);

	if (CHECK(C_134) && f == JSON_BAD)
		return err_set(
		    e, E_PROTO, "dev.type", "%s is no text, or longer than %zu bytes", name, max);
	if (CHECK(C_134) && (f == JSON_ABSENT || *s == '\0'))
		return err_set(e, E_PROTO, "dev.miss", "the answer has no %s", name);
	if ((*dst = strdup(s)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	return E_OK;
}

static enum errcode
take_codes(struct devauth *d, const json_t *o, struct err *e)
{
	enum errcode r;
	size_t len;

	if ((r = take_str(&d->device_code, o, "device_code", DEVAUTH_CODE_MAX, e)) != E_OK ||
	    (r = take_str(&d->user_code, o, "user_code", DEVAUTH_CODE_MAX, e)) != E_OK)
		return r;
	len = strlen(d->user_code);
	if (CHECK(C_140) &&
	    (len < USER_CODE_MIN || len > DEVAUTH_USER_CODE_MAX ||
	        !text_is_ascii(d->user_code, len, true) || d->user_code[0] == ' ' ||
	        d->user_code[len - 1] == ' '))
		return err_set(e, E_PROTO, "dev.code",
		    "user_code (%zu bytes) is not 4 to 32 printable characters without a blank at "
		    "the ends",
		    len);
	return E_OK;
}

static enum errcode
check_uri(const char *name, const char *s, const struct url *issuer, const struct strlist *extra,
    struct err *e)
{
	struct err why = { .code = E_OK };
	struct url u;

	if (CHECK(C_139) && strlen(s) > DEVAUTH_URI_MAX)
		return err_set(e, E_PROTO, "dev.uri", "%s is longer than %d characters", name,
		    DEVAUTH_URI_MAX);
	if (url_parse(s, &u, &why) != E_OK)
		return err_set(e, E_PROTO, "dev.uri", "%s %s", name, why.text);
	if (CHECK(C_139) && !origin_allowed(&u, issuer, extra))
		return err_set(e, E_PROTO, "dev.uri.foreign",
		    "%s is on %.100s:%u, neither the issuer's origin nor in verification_origins",
		    name, u.host, u.port);
	return E_OK;
}

/* verification_url is what Google sends for verification_uri. */
static enum errcode
take_uris(struct devauth *d, const json_t *o, const char *issuer, const struct strlist *extra,
    struct err *e)
{
	static const char complete[] = "verification_uri_complete";
	struct err why = { .code = E_OK };
	const char *name = "verification_uri", *more = "";
	enum json_found f;
	struct url base;
	enum errcode r;

	if (url_parse(issuer, &base, &why) != E_OK)
		return err_set(e, E_CFG, "cfg.iss", "issuer %s", why.text);
	if (json_object_get(o, name) == NULL && json_object_get(o, "verification_url") != NULL)
		name = "verification_url";
	if ((r = take_str(&d->verification_uri, o, name, URL_MAX, e)) != E_OK ||
	    (r = check_uri(name, d->verification_uri, &base, extra, e)) != E_OK)
		return r;
	f = json_as_str(json_object_get(o, complete), URL_MAX, &more);
	if (f == JSON_ABSENT || (f == JSON_GOOD && *more == '\0'))
		return E_OK;
	if ((r = take_str(&d->verification_uri_complete, o, complete, URL_MAX, e)) != E_OK)
		return r;
	return check_uri(complete, d->verification_uri_complete, &base, extra, e);
}

static enum errcode
take_times(struct devauth *d, const json_t *o, struct err *e)
{
	int64_t life = 0, interval = INTERVAL_DEFAULT;
	enum json_found f = json_as_num(json_object_get(o, "expires_in"), true, &life);

	if (CHECK(C_134) && f == JSON_ABSENT)
		return err_set(e, E_PROTO, "dev.miss", "the answer has no expires_in");
	if (CHECK(C_136) && (f == JSON_BAD || life == 0 || life > UINT32_MAX))
		return err_set(
		    e, E_PROTO, "dev.exp", "expires_in is no whole number of seconds above 0");
	f = json_as_num(json_object_get(o, "interval"), true, &interval);
	if (CHECK(C_135) && (f == JSON_BAD || interval > UINT32_MAX))
		return err_set(
		    e, E_PROTO, "dev.int", "interval is no whole number of seconds from 0 on");
	d->expires_in = (uint32_t)life;
	d->interval = (uint32_t)interval;
	return E_OK;
}

enum errcode
devauth_parse(struct devauth **out, const void *body, size_t len, const char *issuer,
    const struct strlist *verification_origins, struct err *e)
{
	struct devauth *d = NULL;
	json_t *o = NULL;
	enum errcode r;

	if ((r = json_read(&o, body, len, DEVAUTH_MAX, E_PROTO, "dev", e)) != E_OK)
		goto out;
	if ((d = calloc(1, sizeof(*d))) == NULL) {
		r = err_set(e, E_NOMEM, NULL, "out of memory");
		goto out;
	}
	if ((r = take_codes(d, o, e)) != E_OK ||
	    (r = take_uris(d, o, issuer, verification_origins, e)) != E_OK ||
	    (r = take_times(d, o, e)) != E_OK)
		goto out;
	*out = d;
	d = NULL;
out:
	devauth_free(d);
	json_decref(o);
	return r;
}

void
devauth_free(struct devauth *d)
{
	if (d == NULL)
		return;
	secmem_freestr(d->device_code);
	secmem_freestr(d->user_code);
	secmem_freestr(d->verification_uri);
	secmem_freestr(d->verification_uri_complete);
	secmem_free(d, sizeof(*d));
}

static const struct refusal_reasons reasons = {
	.family = "dev",
	.client = "dev.client",
	.scope = "dev.scope",
	.busy = "dev.busy",
	.net = "dev.net",
	.other = "dev.refused",
	.endpoint = "the device endpoint",
	.advice = "is the client registered for the device grant and for these scopes?",
};

enum errcode
devauth_refusal(long status, const void *body, size_t len, struct err *e)
{
	return refusal_of(&reasons, status, body, len, e);
}
