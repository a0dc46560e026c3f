/*
 * What an endpoint says instead of what it was asked for, before anything has been shown to
 * anybody: whose fault it is. RFC 6749 section 5.2. Pure.
 */
#ifndef HELPER_OIDC_REFUSAL_H
#define HELPER_OIDC_REFUSAL_H

#include <stddef.h>

#include "common/err.h"

/* The reasons of one endpoint. */
struct refusal_reasons {
	const char *family; /* of json_read */
	const char *client, *scope, *busy, *net, *other;
	const char *endpoint, *advice; /* "the device endpoint", "is the client registered ...?" */
};

/*
 * Never E_OK. E_CFG client or scope when the error code or a 401 says that this client is not
 * registered as configured; E_BUSY on 429, E_NET on 5xx, else E_PROTO other.
 */
enum errcode refusal_of(
    const struct refusal_reasons *why, long status, const void *body, size_t len, struct err *e);

#endif
