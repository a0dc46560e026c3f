/* Bytes that a seed decides: not random to anybody who knows it. */
#ifndef MOCK_IDP_DRBG_H
#define MOCK_IDP_DRBG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct drbg {
	uint8_t key[32];
	uint64_t count;
};

/* One stream per use, so that what one of them takes does not move the others. */
void drbg_init(struct drbg *d, uint64_t seed, const char *use);

/* The next len bytes; d is a struct drbg, as struct ids wants it. Never fails. */
bool drbg_fill(void *d, void *p, size_t len);

#endif
