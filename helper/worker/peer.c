/* The name that a certificate must be for. */
#include "config.h"

#include <string.h>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "common/url.h"
#include "helper/worker/peer.h"

bool
peer_must_be(void *ssl_ctx, const char *host)
{
	X509_VERIFY_PARAM *p = SSL_CTX_get0_param(ssl_ctx);
	size_t len = strlen(host);
	char bare[URL_HOST_MAX];

	if (len == 0 || len >= sizeof(bare))
		return false;
	memcpy(bare, host, len + 1);
	if (host[0] == '[') {
		memcpy(bare, host + 1, len - 1);
		bare[strcspn(bare, "]")] = '\0';
	}
	X509_VERIFY_PARAM_set_hostflags(
	    p, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
	return X509_VERIFY_PARAM_set1_ip_asc(p, bare) == 1 ||
	    (bare[0] != '\0' && X509_VERIFY_PARAM_set1_host(p, bare, 0) == 1);
}
