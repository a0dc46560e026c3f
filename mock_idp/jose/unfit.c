/*
 * RSA keys that no relying party should take. TEST MATERIAL: made with openssl prime as those of
 * primes.c; ROCA's are k * M + (65537^a mod M), M the product of the first 126 primes.
 */
#include "config.h"

#include <string.h>

#include <openssl/bn.h>

#include "mock_idp/jose/jwk.h"
#include "mock_idp/jose/primes.h"
#include "mock_idp/jose/unfit.h"

#define P256 "F813FAA76C2EC972D14E7E9D54D1C9F4FE8C6954698CD2C2943F437CCCDE0E81"
#define Q256 "E23983BFC76CC7D4EBA37E88C16DC8305C6A2DD8B0D000FDE0EAFA2605488DD1"
#define P512                                                                                       \
	"DD20528D94B9E8DAC098F0661A5D45432E75FBA95D88E0DE23009914C128A738F4106AC50217F4C2"         \
	"63ADC84437F7EB256D88A303300CB7606FE1DDB5129BB31B"
#define Q512                                                                                       \
	"DFA71C92B387508F3A3FB1176CD74B1086FA7F846C7EFCCDE3ADADFBA9F899B41D2A35B2696A0571"         \
	"B18A2130787E1B59EAE17E83DF3A47B4F9E6A5A7261B16E1"
#define P1023                                                                                      \
	"75373607E884C326EB90315170C479D42B5A4C8622729850A519EDFCCA5B97D201907A9ABCEFEDE3"         \
	"124A7FB154DAE198870A0797CCAB09E2F62FC08ADA42EF4D42A38FDC8655C21B65688B6DD3291A2E"         \
	"6B13D58856C7E7E0834D21A168279845603F0318068E89F72B02282274A231BD73849832209C2504"         \
	"AEA9F78CB7A2CBFD"
#define ROCA_P                                                                                     \
	"C00673A4C113DF3DC0C2CD60662B7EE15B823B8CEFF42E4414805FC560DC00B9BDDD496505765208"         \
	"BDB5F7FBFCD3B5211B5816BA00A3F94A56A5C17C67312587FCE3CB08F274BB2DE490BBEB245D26CD"         \
	"067A6FEF447ADC004777BC6DB441F7A7ED9F4B6328DAFA45C34CADCE3C8A65D2A39B006B039F6076"         \
	"0C9CF575F7AB7D15"
#define ROCA_Q                                                                                     \
	"C0076F16FA470DDD2FC61A6CEA152C19157B950D513CC57F4FF6C8E213B13A7226600A3E3BE75780"         \
	"6E6E276F283C07869EEFF2766D2C8B5822E4BDDC866DFB7C18DA5295488178E6E2F1E573CA2E561B"         \
	"6F41F1F16FF758EC293ACF7C7B3480B7E940766875FDA71E444BA7CEDAB2B07E6122365315DFC951"         \
	"65A8718E114F4261"

/* n is the product of its own primes and of some that stand in primes.c. */
static const struct unfit {
	const char *name;
	unsigned e;
	const char *own[2];
	size_t nshared;
	unsigned char shared[16];
} table[] = {
	{ "rsa512", 65537, { P256, Q256 }, 0, { 0 } },
	{ "rsa1024", 65537, { P512, Q512 }, 0, { 0 } },
	{ "rsa2047", 65537, { P1023, NULL }, 1, { 0 } },
	/* those whose product has all the bits */
	{ "rsa16384", 65537, { NULL, NULL }, 16,
	    { 3, 6, 8, 10, 12, 15, 23, 26, 28, 29, 31, 33, 39, 47, 59, 60 } },
	{ "rsa-e1", 1, { NULL, NULL }, 2, { 1, 2 } },
	{ "rsa-e3", 3, { NULL, NULL }, 2, { 4, 5 } },
	{ "rsa-even", 65537, { P1023, "2" }, 1, { 7 } },
	{ "rsa-roca", 65537, { ROCA_P, ROCA_Q }, 0, { 0 } },
};

static const struct unfit *
find(const char *name)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

struct product {
	BIGNUM *n, *phi, *p;
	BN_CTX *ctx;
};

/* n *= p, phi *= p - 1 */
static bool
multiply(struct product *r, const char *hex)
{
	return BN_hex2bn(&r->p, hex) > 0 && BN_mul(r->n, r->n, r->p, r->ctx) == 1 &&
	    BN_sub_word(r->p, 1) == 1 && BN_mul(r->phi, r->phi, r->p, r->ctx) == 1;
}

static bool
multiply_all(struct product *r, const struct unfit *u)
{
	bool ok = BN_one(r->n) == 1 && BN_one(r->phi) == 1;

	for (size_t i = 0; i < 2 && ok; i++)
		ok = u->own[i] == NULL || multiply(r, u->own[i]);
	for (size_t i = 0; i < u->nshared && ok; i++)
		ok = multiply(r, primes[u->shared[i]]);
	return ok;
}

json_t *
unfit_jwk(const char *name)
{
	const struct unfit *u = find(name);
	struct product r = { BN_new(), BN_new(), BN_new(), BN_CTX_new() };
	BIGNUM *e = BN_new(), *d = BN_new();
	json_t *jwk = NULL;

	if (u != NULL && r.n != NULL && r.phi != NULL && r.p != NULL && r.ctx != NULL &&
	    e != NULL && d != NULL && multiply_all(&r, u) && BN_set_word(e, u->e) == 1 &&
	    BN_mod_inverse(d, e, r.phi, r.ctx) != NULL)
		jwk = jwk_rsa(r.n, e, d);
	BN_free(r.n);
	BN_free(r.phi);
	BN_free(r.p);
	BN_CTX_free(r.ctx);
	BN_free(e);
	BN_free(d);
	return jwk;
}
