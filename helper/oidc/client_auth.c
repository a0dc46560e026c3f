/* How this client proves itself. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "common/secmem.h"
#include "common/url.h"
#include "helper/oidc/client_auth.h"

#define CREDENTIALS_MAX 8192 /* form-encoded id and secret */

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

enum errcode
client_auth_apply(struct buf *body, char **header, enum client_auth_method method,
    const char *client_id, const char *secret)
{
	enum errcode r;

	*header = NULL;
	if (method != CLIENT_AUTH_NONE && secret == NULL)
		return E_CFG;
	if ((r = url_put_param(body, "client_id", client_id)) != E_OK)
		return r;
	switch (method) {
	case CLIENT_AUTH_NONE:
		return E_OK;
	case CLIENT_AUTH_BASIC:
		return basic_header(header, client_id, secret);
	case CLIENT_AUTH_POST:
		return url_put_param(body, "client_secret", secret);
	}
	return E_CFG;
}
