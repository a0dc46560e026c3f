/* The device authorization response. RFC 8628 section 3.2. Pure. */
#ifndef HELPER_OIDC_DEVAUTH_H
#define HELPER_OIDC_DEVAUTH_H

#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "common/strlist.h"

#define DEVAUTH_MAX (64 * 1024)  /* bytes of a response */
#define DEVAUTH_CODE_MAX 2048    /* device_code */
#define DEVAUTH_USER_CODE_MAX 32 /* C-140: 4 to 32 printable ASCII, no blank at the ends */
#define DEVAUTH_URI_MAX 512      /* C-139 */

struct devauth {
	char *device_code; /* a secret */
	char *user_code;
	char *verification_uri;          /* verification_url is read where it is absent (Google) */
	char *verification_uri_complete; /* NULL when absent */
	uint32_t expires_in;             /* seconds, > 0 */
	uint32_t interval;               /* seconds; 5 when absent (C-135) */
};

/*
 * Parses a 200 body. The URIs must be https on the issuer's origin or one of verification_origins,
 * without userinfo or fragment (C-139, H-46). Numbers are integers (a real with zero fraction
 * passes), never strings (C-135, C-136). Class E_PROTO, reasons dev.*; free with devauth_free
 * (wipes).
 */
enum errcode devauth_parse(struct devauth **out, const void *body, size_t len, const char *issuer,
    const struct strlist *verification_origins, struct err *e) __attribute__((warn_unused_result));
void devauth_free(struct devauth *d);

/*
 * What an answer other than 200 means, as refusal.h says: dev.client, dev.scope, dev.busy, dev.net,
 * dev.refused. Always returns a failure and fills *e.
 */
enum errcode devauth_refusal(long status, const void *body, size_t len, struct err *e);

#endif
