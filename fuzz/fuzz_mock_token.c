/* The token or key set of a script: it is understood, or the complaint begins with its place; and
 * one that is understood makes a token, or says what does not fit. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "fuzz/fuzz.h"
#include "mock_idp/drbg.h"
#include "mock_idp/jose/jwkset.h"
#include "mock_idp/jose/mint.h"

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
must_say(const struct err *e)
{
	must(e->text[0] == ':' || e->text[0] == '.');
}

/* What is right, but takes seconds and memory: megabytes, and one key. */
static int
is_large(const uint8_t *data, size_t size)
{
	size_t digits = 0;

	for (size_t i = 0; i < size; i++)
		if ((digits = isdigit(data[i]) ? digits + 1 : 0) > 4)
			return 1;
	return 0;
}

static void
make_token(struct keys *keys, const json_t *spec)
{
	struct drbg d;
	struct ids ids = { drbg_fill, &d };
	struct mint m = { keys, keys_of(keys, ALG_ES256), &ids, NULL };
	json_t *claims = json_pack("{s:s, s:s}", "iss", "https://i", "sub", "s");
	struct err e = { .code = E_OK };
	char *token = NULL;
	int good = mint_check(spec, &e) == E_OK;

	if (!good)
		must_say(&e);
	drbg_init(&d, 1, "fuzz");
	e.code = E_OK;
	if (mint_token(&m, claims, spec, &token, &e) == E_OK)
		must(good && token != NULL);
	else
		must(token == NULL);
	if (token == NULL)
		must_say(&e);
	secmem_freestr(token);
	json_decref(claims);
}

static void
make_set(struct keys *keys, const json_t *spec)
{
	struct err e = { .code = E_OK };
	int good = jwkset_check(spec, &e) == E_OK;
	json_t *set;

	if (!good)
		must_say(&e);
	e.code = E_OK;
	set = jwkset_make(keys, spec, &e);
	must(good || set == NULL);
	if (set == NULL)
		must_say(&e);
	json_decref(set);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint64_t seed = 1;
	json_t *spec = is_large(data, size)
	    ? NULL
	    : json_loadb((const char *)data, size, JSON_DECODE_ANY, NULL);
	struct keys keys;

	if (spec == NULL)
		return 0;
	must(keys_make(&keys, &seed, NULL) == E_OK);
	make_token(&keys, spec);
	make_set(&keys, spec);
	keys_clear(&keys);
	json_decref(spec);
	return 0;
}
