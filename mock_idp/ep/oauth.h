/* OAuth errors as Authelia answers them. */
#ifndef MOCK_IDP_EP_OAUTH_H
#define MOCK_IDP_EP_OAUTH_H

#include "mock_idp/msg.h"

enum oauth_error {
	OAUTH_AUTHORIZATION_PENDING,
	OAUTH_EXPIRED_TOKEN,
	OAUTH_INVALID_CLIENT,
	OAUTH_INVALID_GRANT,
	OAUTH_INVALID_REQUEST,
	OAUTH_INVALID_SCOPE,
	OAUTH_JTI_KNOWN,
	OAUTH_UNAUTHORIZED_CLIENT,
	OAUTH_SERVER_ERROR,
	OAUTH_REQUEST_UNAUTHORIZED,
	OAUTH_INVALID_TOKEN,
	OAUTH_INSUFFICIENT_SCOPE,
};

/* Token endpoint: {"error", "error_description"} with the status that belongs to it. hint may be
 * NULL. */
void oauth_fail(struct exchange *x, enum oauth_error error, const char *hint);

/* The sentence that goes with the error of that name; NULL when it is none of these. */
const char *oauth_text(const char *code);

/* The status alone says something, the body is {}. */
void oauth_fail_empty(struct exchange *x, enum oauth_error error);

/* Any other code and status, with that description. code is static text. */
void oauth_fail_as(struct exchange *x, int status, const char *code, const char *text);

#endif
