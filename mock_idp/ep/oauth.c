/* OAuth errors as Authelia answers them. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/oauth.h"

static const struct {
	int status;
	const char *code, *text;
} errors[] = {
	[OAUTH_AUTHORIZATION_PENDING] = { 400, "authorization_pending",
	    "The end user has not finished the user interaction yet." },
	[OAUTH_EXPIRED_TOKEN] = { 400, "expired_token",
	    "The device code has expired and the device authorization is over." },
	[OAUTH_INVALID_CLIENT] = { 401, "invalid_client",
	    "Client authentication failed: unknown client, no authentication, or a method that is "
	    "not the registered one." },
	[OAUTH_INVALID_GRANT] = { 400, "invalid_grant",
	    "The grant is invalid, expired, revoked, or was issued to another client." },
	[OAUTH_INVALID_REQUEST] = { 400, "invalid_request",
	    "The request lacks a required parameter, repeats one, or is malformed." },
	[OAUTH_INVALID_SCOPE] = { 400, "invalid_scope",
	    "The requested scope is invalid, unknown, or malformed." },
	[OAUTH_JTI_KNOWN] = { 400, "jti_known", "The jti was used already." },
	[OAUTH_UNAUTHORIZED_CLIENT] = { 400, "unauthorized_client",
	    "The client may not use this grant." },
	[OAUTH_SERVER_ERROR] = { 500, "server_error",
	    "The authorization server met an unexpected condition and cannot go on." },
	[OAUTH_REQUEST_UNAUTHORIZED] = { 401, "request_unauthorized",
	    "The request could not be authorized." },
	[OAUTH_INVALID_TOKEN] = { 401, "invalid_token", "The access token has expired." },
	[OAUTH_INSUFFICIENT_SCOPE] = { 403, "insufficient_scope",
	    "The access token was not granted the scope openid." },
};

const char *
oauth_text(const char *code)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strcmp(errors[i].code, code) == 0)
			return errors[i].text;
	return NULL;
}

void
oauth_fail(struct exchange *x, enum oauth_error error, const char *hint)
{
	json_t *body = json_pack("{s:s, s:o}", "error", errors[error].code, "error_description",
	    hint == NULL ? json_string(errors[error].text)
	                 : json_sprintf("%s %s", errors[error].text, hint));

	msg_reply_json(&x->rep, errors[error].status, body);
	x->rep.error = errors[error].code;
	json_decref(body);
}

void
oauth_fail_as(struct exchange *x, int status, const char *code, const char *text)
{
	json_t *body = json_pack("{s:s, s:s}", "error", code, "error_description", text);

	msg_reply_json(&x->rep, status, body);
	x->rep.error = code;
	json_decref(body);
}

void
oauth_fail_empty(struct exchange *x, enum oauth_error error)
{
	json_t *body = json_object();

	msg_reply_json(&x->rep, errors[error].status, body);
	x->rep.error = errors[error].code;
	json_decref(body);
}
