/* Proof Key for Code Exchange. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include <openssl/sha.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "helper/oidc/pkce.h"

bool
pkce_make(struct pkce *p)
{
	uint8_t random[32], md[SHA256_DIGEST_LENGTH];

	_Static_assert(PKCE_SIZE == B64URL_ENCODED(32) + 1, "both are 32 octets");
	if (!secmem_random(random, sizeof(random)))
		return false;
	b64url_encode(p->verifier, random, sizeof(random));
	explicit_bzero(random, sizeof(random));
	(void)SHA256((const unsigned char *)p->verifier, strlen(p->verifier), md);
	b64url_encode(p->challenge, md, sizeof(md));
	return true;
}

void
pkce_clear(struct pkce *p)
{
	explicit_bzero(p, sizeof(*p));
}
