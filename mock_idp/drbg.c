/* Bytes that a seed decides: SHA-256 of a key and a counter. */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <openssl/sha.h>

#include "mock_idp/drbg.h"

void
drbg_init(struct drbg *d, uint64_t seed, const char *use)
{
	char text[128];
	int n = snprintf(text, sizeof(text), "latchkey-mock-idp:%" PRIu64 ":%.64s", seed, use);

	(void)SHA256((const unsigned char *)text, (size_t)n, d->key);
	d->count = 0;
}

bool
drbg_fill(void *arg, void *p, size_t len)
{
	struct drbg *d = arg;
	uint8_t in[sizeof(d->key) + 8], block[SHA256_DIGEST_LENGTH], *at = p;

	memcpy(in, d->key, sizeof(d->key));
	while (len > 0) {
		size_t n = len < sizeof(block) ? len : sizeof(block);

		for (int i = 0; i < 8; i++)
			in[sizeof(d->key) + (size_t)i] = (uint8_t)(d->count >> (56 - 8 * i));
		d->count++;
		(void)SHA256(in, sizeof(in), block);
		memcpy(at, block, n);
		at += n;
		len -= n;
	}
	return true;
}
