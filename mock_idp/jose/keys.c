/* The provider's keys by name. RFC 7517 (members), 7638 (thumbprint). */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/drbg.h"
#include "mock_idp/jose/jwk.h"
#include "mock_idp/jose/keygen.h"
#include "mock_idp/jose/keys.h"
#include "mock_idp/jose/unfit.h"

#define OLD "old-"

enum how { RSA_KEY, CURVE, EDWARDS, UNFIT };

static const struct row {
	const char *name;
	enum alg_id alg;
	enum how how;
	const char *group; /* OpenSSL's name of curve or type */
	const char *enc;   /* what it encrypts with: no signing key */
} rows[KEYS_ROWS] = {
	{ "rs256", ALG_RS256, RSA_KEY, "", NULL },
	{ "rs384", ALG_RS384, RSA_KEY, "", NULL },
	{ "rs512", ALG_RS512, RSA_KEY, "", NULL },
	{ "ps256", ALG_PS256, RSA_KEY, "", NULL },
	{ "ps384", ALG_PS384, RSA_KEY, "", NULL },
	{ "ps512", ALG_PS512, RSA_KEY, "", NULL },
	{ "es256", ALG_ES256, CURVE, "P-256", NULL },
	{ "es384", ALG_ES384, CURVE, "P-384", NULL },
	{ "es512", ALG_ES512, CURVE, "P-521", NULL },
	{ "ed25519", ALG_EDDSA, EDWARDS, "ED25519", NULL },
	{ "other-rs256", ALG_RS256, RSA_KEY, "", NULL },
	{ "other-es256", ALG_ES256, CURVE, "P-256", NULL },
	{ "enc", ALG_RS256, RSA_KEY, "", "RSA-OAEP" },
	{ "p224", ALG_ES256, CURVE, "P-224", NULL },
	{ "secp256k1", ALG_ES256, CURVE, "secp256k1", NULL },
	{ "bp256", ALG_ES256, CURVE, "brainpoolP256r1", NULL },
	{ "ed448", ALG_EDDSA, EDWARDS, "ED448", NULL },
	{ "rsa512", ALG_RS256, UNFIT, "", NULL },
	{ "rsa1024", ALG_RS256, UNFIT, "", NULL },
	{ "rsa2047", ALG_RS256, UNFIT, "", NULL },
	{ "rsa16384", ALG_RS256, UNFIT, "", NULL },
	{ "rsa-e1", ALG_RS256, UNFIT, "", NULL },
	{ "rsa-e3", ALG_RS256, UNFIT, "", NULL },
	{ "rsa-even", ALG_RS256, UNFIT, "", NULL },
	{ "rsa-roca", ALG_RS256, UNFIT, "", NULL },
};

#define ROTATING ALG_PUBLIC /* the first rows, in the order of the algorithms */

/* The row of a name; *old: with "old-" before it. -1: there is none. */
static int
find_row(const char *name, bool *old)
{
	int last = KEYS_ROWS;

	*old = strncmp(name, OLD, sizeof(OLD) - 1) == 0;
	if (*old) {
		name += sizeof(OLD) - 1;
		last = ROTATING;
	}
	for (int i = 0; i < last; i++)
		if (strcmp(rows[i].name, name) == 0)
			return i;
	return -1;
}

/*
 * The pair of primes of a row in its generation. No two that live at the same time are the same
 * pair: the m-th is primes m and m + distance of the shuffled table, and the distance grows each
 * time round.
 */
static EVP_PKEY *
rsa_key(const struct keys *keys, int row, unsigned generation)
{
	size_t m = ((size_t)generation * KEYS_ROWS + (size_t)row) % (PRIMES * (PRIMES / 2 - 1));
	size_t distance = 1 + m / PRIMES;

	return keygen_rsa_pair(keys->order[m % PRIMES], keys->order[(m + distance) % PRIMES]);
}

/* The pair number, and the streams of a seed, depend on the name and the generation alone: not on
 * what was asked for before. */
static EVP_PKEY *
make_pkey(const struct keys *keys, int row, unsigned generation)
{
	const uint64_t *seed = keys->seeded ? &keys->seed : NULL;
	const struct row *r = &rows[row];
	char use[48];

	(void)snprintf(use, sizeof(use), "key:%s:%u", r->name, generation);
	switch (r->how) {
	case RSA_KEY:
		return rsa_key(keys, row, generation);
	case CURVE:
		return keygen_curve(seed, use, r->group);
	case EDWARDS:
		return keygen_ed(seed, use, r->group);
	case UNFIT:
		return NULL;
	}
	return NULL;
}

/* kid: the first six hex digits of the thumbprint, a dash, the algorithm in lower case. */
static bool
describe(struct key *k, const char *use, const char *alg)
{
	uint8_t md[32];
	int n;

	if (k->jwk == NULL || k->priv == NULL || !jwk_thumbprint(k->jwk, md))
		return false;
	n = snprintf(k->kid, sizeof(k->kid), "%02x%02x%02x-%s", md[0], md[1], md[2], alg);
	for (int i = 0; i < n && k->kid[i] != '\0'; i++)
		k->kid[i] = (char)tolower((unsigned char)k->kid[i]);
	for (int i = 0; i < 2; i++) {
		json_t *o = i == 0 ? k->jwk : k->priv;

		if (json_object_set_new(o, "use", json_string(use)) != 0 ||
		    json_object_set_new(o, "kid", json_string(k->kid)) != 0 ||
		    json_object_set_new(o, "alg", json_string(alg)) != 0)
			return false;
	}
	return true;
}

/* Of a private key that is JSON already, the public one. */
static json_t *
without_private(const json_t *priv)
{
	json_t *o = json_deep_copy(priv);

	(void)json_object_del(o, "d");
	return o;
}

static void
key_free(struct key *k)
{
	if (k == NULL)
		return;
	EVP_PKEY_free(k->pkey);
	json_decref(k->jwk);
	json_decref(k->priv);
	free(k);
}

static struct key *
make_key(const struct keys *keys, int row, unsigned generation)
{
	const struct row *r = &rows[row];
	struct key *k = calloc(1, sizeof(*k));

	if (k == NULL)
		return NULL;
	k->name = r->name;
	k->alg = alg_row(r->alg);
	k->seeded = keys->seeded;
	if ((k->pkey = make_pkey(keys, row, generation)) != NULL) {
		k->jwk = jwk_public(k->pkey);
		k->priv = jwk_private(k->pkey);
	} else if (r->how == UNFIT && (k->priv = unfit_jwk(r->name)) != NULL) {
		k->jwk = without_private(k->priv);
	}
	if (describe(k, r->enc == NULL ? "sig" : "enc", r->enc == NULL ? k->alg->name : r->enc))
		return k;
	key_free(k);
	return NULL;
}

/* A seed's order of the primes, or any. */
static bool
shuffle(struct keys *keys)
{
	uint8_t raw[PRIMES * 2];
	struct drbg d;

	if (keys->seeded) {
		drbg_init(&d, keys->seed, "primes");
		(void)drbg_fill(&d, raw, sizeof(raw));
	} else if (!secmem_random(raw, sizeof(raw))) {
		return false;
	}
	for (size_t i = 0; i < PRIMES; i++)
		keys->order[i] = (uint8_t)i;
	for (size_t i = PRIMES - 1; i > 0; i--) {
		size_t j = ((size_t)raw[2 * i] << 8 | raw[2 * i + 1]) % (i + 1);
		uint8_t was = keys->order[i];

		keys->order[i] = keys->order[j];
		keys->order[j] = was;
	}
	return true;
}

enum errcode
keys_make(struct keys *keys, const uint64_t *seed, struct err *e)
{
	memset(keys, 0, sizeof(*keys));
	keys->seeded = seed != NULL;
	keys->seed = seed == NULL ? 0 : *seed;
	keys->published[ALG_RS256] = keys->published[ALG_ES256] = true;
	if (shuffle(keys) && keys_of(keys, ALG_RS256) != NULL && keys_of(keys, ALG_ES256) != NULL)
		return E_OK;
	keys_clear(keys);
	return err_set(e, E_KEYS, NULL, "cannot make keys");
}

void
keys_clear(struct keys *keys)
{
	for (int i = 0; i < KEYS_ROWS; i++) {
		key_free(keys->now[i]);
		key_free(keys->old[i]);
	}
	memset(keys, 0, sizeof(*keys));
}

bool
keys_name(const char *name)
{
	bool old;

	return find_row(name, &old) >= 0;
}

/* Generations count from 1; 0 is what was there before the provider started. */
const struct key *
keys_find(struct keys *keys, const char *name)
{
	bool old;
	int row = find_row(name, &old);
	struct key **slot;

	if (row < 0)
		return NULL;
	slot = old ? &keys->old[row] : &keys->now[row];
	if (*slot == NULL)
		*slot = make_key(keys, row, keys->rotations + !old);
	return *slot;
}

const struct key *
keys_of(struct keys *keys, enum alg_id alg)
{
	return alg < ALG_PUBLIC ? keys_find(keys, alg_row(alg)->key) : NULL;
}

void
keys_publish(struct keys *keys, enum alg_id alg)
{
	if (alg < ALG_PUBLIC)
		keys->published[alg] = true;
}

void
keys_rotate(struct keys *keys)
{
	keys->rotations++;
	for (int i = 0; i < ROTATING; i++) {
		key_free(keys->old[i]);
		keys->old[i] = keys->now[i];
		keys->now[i] = NULL;
	}
}

json_t *
keys_jwks(struct keys *keys)
{
	json_t *list = json_array();
	bool ok = list != NULL;

	for (int i = 0; i < ALG_PUBLIC && ok; i++) {
		const struct key *k;

		if (!keys->published[i])
			continue;
		k = keys_of(keys, (enum alg_id)i);
		ok = k != NULL && json_array_append(list, k->jwk) == 0;
	}
	if (ok)
		return json_pack("{s:o}", "keys", list);
	json_decref(list);
	return NULL;
}
