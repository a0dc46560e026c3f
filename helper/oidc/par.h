/* The answer to a pushed authorization request. RFC 9126 sections 2.2 and 2.3. Pure. */
#ifndef HELPER_OIDC_PAR_H
#define HELPER_OIDC_PAR_H

#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

#define PAR_MAX (64 * 1024) /* bytes of an answer */
#define PAR_URI_MAX 512     /* of a request_uri */

struct par {
	char request_uri[PAR_URI_MAX + 1];
	uint32_t expires_in; /* seconds */
};

/*
 * Success is 201 with request_uri, a text of the characters of URNs and URLs but for '&', '?' and
 * '#', and expires_in, a whole number above 0 (C-051). Everything else stops the login (C-052):
 * E_PROTO par.status, par.uri, par.exp, par.json ..., and as refusal.h says for an error:
 * par.client, par.scope, par.busy, par.net, par.refused.
 */
enum errcode par_parse(struct par *out, long status, const void *body, size_t len, struct err *e)
    __attribute__((warn_unused_result));

#endif
