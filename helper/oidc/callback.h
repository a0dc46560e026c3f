/*
 * The answer of the authorization endpoint as the browser brings it to the loopback redirect: one
 * HTTP request in, what it means out. RFC 6749 sections 4.1.2 and 10.12, RFC 8252 section 8, RFC
 * 9207. C-031 to C-042, H-50. Pure.
 *
 * Everybody on this machine can connect. Only who knows our state has seen our request, so nothing
 * without it ends a login: neither a code nor an error.
 */
#ifndef HELPER_OIDC_CALLBACK_H
#define HELPER_OIDC_CALLBACK_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"

#define CALLBACK_CODE_MAX 2048 /* C-035 */

/* What the answer is judged against; all borrowed. */
struct callback_expect {
	const char *authority; /* of the redirect URI: what Host must be, "127.0.0.1:40123" */
	const char *path;      /* of the redirect URI */
	const char *state;
	const char *issuer;
	bool iss_required; /* authorization_response_iss_parameter_supported */
};

enum callback_outcome {
	CALLBACK_MORE,    /* the request is not whole yet */
	CALLBACK_STRAY,   /* no answer at all: wait on */
	CALLBACK_FOREIGN, /* an answer without our state: wait on; *e, if nothing better comes */
	CALLBACK_REFUSED, /* the answer to our request, and the end: *e */
	CALLBACK_CODE,    /* the answer to our request */
};

struct callback {
	int status;                       /* to answer with; 0 while there is more to come */
	bool head;                        /* the method was HEAD: the answer has no body */
	char code[CALLBACK_CODE_MAX + 1]; /* CALLBACK_CODE only; a secret, wipe it */
};

/*
 * FOREIGN is E_CB cb.state or cb.jarm. REFUSED is E_DENY cb.denied for error=access_denied, else
 * E_CB: cb.dup (C-033), cb.jarm (C-042), cb.iss (C-038 to C-041), cb.err (C-036), cb.code (C-035);
 * what the provider writes about an error is never repeated (C-037).
 */
enum callback_outcome callback_read(struct callback *out, const void *p, size_t len,
    const struct callback_expect *x, struct err *e) __attribute__((warn_unused_result));

#endif
