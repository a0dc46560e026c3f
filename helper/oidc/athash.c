/* The hash that binds an access token to an ID token. */
#include "config.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "helper/oidc/athash.h"

bool
athash_matches(const char *at_hash, const char *access_token)
{
	uint8_t half[EVP_MAX_MD_SIZE / 2], md[EVP_MAX_MD_SIZE];
	const EVP_MD *type;
	size_t len;
	bool ok;

	if (!b64url_decode(half, sizeof(half), &len, at_hash, strlen(at_hash)))
		return false;
	type = len == 16 ? EVP_sha256()
	    : len == 24  ? EVP_sha384()
	    : len == 32  ? EVP_sha512()
	                 : NULL;
	if (type == NULL)
		return false;
	ok = EVP_Digest(access_token, strlen(access_token), md, NULL, type, NULL) == 1 &&
	    secmem_equal(half, md, len);
	ERR_clear_error();
	return ok;
}
