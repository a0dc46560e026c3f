/* Tokens made from a script's text, and a look at their parts; for the tests of mint and of what it
 * is made of. */
#ifndef TESTS_UNIT_MOCK_IDP_JOSE_MINTED_H
#define TESTS_UNIT_MOCK_IDP_JOSE_MINTED_H

#include <stdio.h>
#include <stdlib.h>

#include "mock_idp/drbg.h"
#include "mock_idp/jose/mint.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/jose/verify.h"

#define MINTED_CLAIMS "{\"iss\":\"https://i\",\"aud\":[\"c\"],\"exp\":1800000000,\"sub\":\"alice\"}"

struct minted {
	struct keys keys;
	struct drbg drbg;
	struct ids ids;
	json_t *claims;
};

/* seed 0: fresh keys. */
static inline void
minted_open(struct minted *f, uint64_t seed)
{
	assert_int_equal(keys_make(&f->keys, seed == 0 ? NULL : &seed, NULL), E_OK);
	drbg_init(&f->drbg, seed, "test");
	f->ids = (struct ids){ drbg_fill, &f->drbg };
	f->claims = json_loads(MINTED_CLAIMS, 0, NULL);
}

static inline void
minted_close(struct minted *f)
{
	json_decref(f->claims);
	keys_clear(&f->keys);
}

static inline int
minted_setup(void **state)
{
	static struct minted f;

	minted_open(&f, 0);
	*state = &f;
	return 0;
}

static inline int
minted_teardown(void **state)
{
	minted_close(*state);
	return 0;
}

/* The token that a provider whose algorithm is alg makes of that script (NULL: of none); want: how
 * that ends. free. */
static inline char *
minted_by(struct minted *f, enum alg_id alg, const char *spec, enum errcode want, struct err *e)
{
	struct mint m = { &f->keys, keys_of(&f->keys, alg), &f->ids, NULL };
	json_t *o = spec == NULL ? NULL : json_loads(spec, 0, NULL);
	char *token = NULL;

	assert_true(spec == NULL || o != NULL);
	assert_int_equal(mint_token(&m, f->claims, o, &token, e), want);
	assert_int_equal(token != NULL, want == E_OK);
	json_decref(o);
	return token;
}

static inline char *
minted(struct minted *f, const char *spec)
{
	return minted_by(f, ALG_RS256, spec, E_OK, NULL);
}

/* The i-th segment, as it is; free. */
static inline char *
minted_segment(const char *token, int i)
{
	while (i-- > 0) {
		token += strcspn(token, ".");
		assert_int_equal(*token, '.');
		token++;
	}
	return strndup(token, strcspn(token, "."));
}

/* The octets of the i-th segment, with a NUL behind them; free. */
static inline uint8_t *
minted_octets(const char *token, int i, size_t *len)
{
	char *segment = minted_segment(token, i);
	size_t size = strlen(segment), n = 0;
	uint8_t *raw = malloc(size + 1);

	assert_true(b64url_decode(raw, size, &n, segment, size));
	raw[n] = '\0';
	free(segment);
	if (len != NULL)
		*len = n;
	return raw;
}

/* Header and payload are these texts. */
static inline void
minted_is(const char *token, const char *header, const char *payload)
{
	char *h = (char *)minted_octets(token, 0, NULL), *p = (char *)minted_octets(token, 1, NULL);

	if (header != NULL)
		assert_string_equal(h, header);
	if (payload != NULL)
		assert_string_equal(p, payload);
	free(h);
	free(p);
}

static inline bool
minted_verifies(struct minted *f, const char *token, const char *key, const char *alg)
{
	return verify_token(keys_find(&f->keys, key)->pkey, alg_find(alg), token);
}

#endif
