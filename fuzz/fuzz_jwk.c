/* One key: what is of use is public, on a curve or of a size that we know, and fits no algorithm
 * but those of its type. C-114, C-118, C-119. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/oidc/jwk.h"

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
judge(const struct jwk *k)
{
	static const char *const names[] = { "RS256", "PS384", "ES256", "ES384", "ES512", "EdDSA" };
	static const char *const types[] = { "RSA", "RSA", "EC", "EC", "EC", "OKP" };
	int bits = EVP_PKEY_get_bits(k->pkey), id = EVP_PKEY_get_base_id(k->pkey);

	must(strcmp(k->kty, "RSA") != 0 ||
	    (id == EVP_PKEY_RSA && bits >= JWK_RSA_MIN && bits <= JWK_RSA_MAX));
	must(strcmp(k->kty, "EC") != 0 ||
	    (id == EVP_PKEY_EC && (bits == 256 || bits == 384 || bits == 521)));
	must(strcmp(k->kty, "OKP") != 0 || id == EVP_PKEY_ED25519);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct alg *a = alg_find(names[i]);

		must(a != NULL);
		if (jwk_unfit(k, a) != NULL)
			continue;
		must(strcmp(k->kty, types[i]) == 0 && k->for_signatures && k->for_verifying);
		must(k->alg[0] == '\0' || strcmp(k->alg, names[i]) == 0);
		must(id != EVP_PKEY_EC || atoi(names[i] + 2) == (bits == 521 ? 512 : bits));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *o = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
	struct err e = { .code = E_OK };
	struct jwk k = { .pkey = NULL };

	if (o == NULL)
		return 0;
	if (jwk_parse(&k, o, &e) != E_OK)
		must(k.pkey == NULL && e.code != E_OK);
	else if (k.pkey == NULL)
		must(k.why.code != E_OK);
	else {
		must(json_object_get(o, "d") == NULL && json_object_get(o, "k") == NULL);
		judge(&k);
	}
	jwk_clear(&k);
	json_decref(o);
	return 0;
}
