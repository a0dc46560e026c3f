/* Key sets: any bytes, then a search with and without a name. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/oidc/jwk.h"
#include "helper/oidc/jwks.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const algs[] = { "RS256", "ES256", "none" };
	const struct jwk *k = NULL;
	struct jwks *s = NULL;
	struct err e = { .code = E_OK };

	if (jwks_parse(&s, data, size, &e) != E_OK)
		return 0;
	for (size_t i = 0; i < sizeof(algs) / sizeof(algs[0]); i++) {
		if (jwks_find(&k, s, algs[i], "r", &e) == E_OK && k->pkey == NULL)
			abort();
		if (jwks_find(&k, s, algs[i], NULL, &e) == E_OK && k->pkey == NULL)
			abort();
	}
	jwks_free(s);
	return 0;
}
