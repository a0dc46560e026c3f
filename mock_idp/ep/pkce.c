/* Proof key for code exchange. */
#include "config.h"

#include <string.h>

#include <openssl/sha.h>

#include "common/b64url.h"
#include "mock_idp/ep/pkce.h"

#define UNRESERVED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

bool
pkce_challenge_ok(const char *challenge)
{
	size_t len = strlen(challenge);

	return len == B64URL_ENCODED(SHA256_DIGEST_LENGTH) && strspn(challenge, UNRESERVED) == len;
}

/* RFC 7636 section 4.6; a verifier without a challenge is a downgrade (RFC 9700 section 2.1.1). */
bool
pkce_fits(const char *challenge, const char *verifier)
{
	char text[B64URL_ENCODED(SHA256_DIGEST_LENGTH) + 1];
	uint8_t md[SHA256_DIGEST_LENGTH];
	size_t len;

	if (verifier == NULL || challenge == NULL)
		return verifier == NULL && challenge == NULL;
	len = strlen(verifier);
	if (len < 43 || len > 128 || strspn(verifier, UNRESERVED ".~") != len)
		return false;
	(void)SHA256((const unsigned char *)verifier, len, md);
	b64url_encode(text, md, sizeof(md));
	return strcmp(text, challenge) == 0;
}
