/* What the verification of an ID token costs beside its signature: medians of one run, in us. */
#include "config.h"

#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

#include "bench/figures.h"
#include "common/num.h"
#include "helper/oidc/idtoken.h"
#include "helper/oidc/jwk.h"
#include "helper/oidc/jwks.h"
#include "tests/support/mint.h"

#define ROUNDS 200 /* without an argument: a test that the figure is reached */
#define LIMIT 40   /* us more */
#define ROUNDS_MAX 1000000
#define NOW 1800000000
#define ACCESS_TOKEN "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxi0z9K3vx5KF0Y0"

/* Authelia's, with everything that there is to judge. */
static const char payload[] =
    "{\"amr\":[\"pwd\",\"otp\",\"mfa\"],\"at_hash\":\"7XFdxiZG1_Zu1nPKaa6QLg\","
    "\"aud\":[\"linux-login\"],\"auth_time\":1799999990,\"azp\":\"linux-login\","
    "\"client_id\":\"linux-login\",\"exp\":1800003600,\"groups\":[\"linux-users\",\"linux-admins\"]"
    ","
    "\"iat\":1800000000,\"iss\":\"https://"
    "idp.example\",\"jti\":\"c9a2cd0a-5d1b-4c55-8b0e-2f6e0a3f\","
    "\"nonce\":\"n-0123456789\",\"preferred_username\":\"alice\","
    "\"sub\":\"6a1cf9d1-54a9-4e9b-8b6e-1f6a5f9d7c11\"}";

struct method {
	const char *name, *crv, *digest;
	bool pss;
};

static const struct method methods[] = {
	{ "RS256", NULL, "SHA256", false },
	{ "PS256", NULL, "SHA256", true },
	{ "ES256", "P-256", "SHA256", false },
	{ "EdDSA", "Ed25519", NULL, false },
};

/* One token, its key, and the signature as OpenSSL takes it. */
struct subject {
	const struct method *m;
	EVP_PKEY *key; /* as jwk_parse imports it */
	char *set;     /* JWKS */
	char *input, *token;
	uint8_t sig[MINT_SIG_MAX];
	size_t len;
};

/* Others who use the machine meanwhile do not count. */
static double
now_us(void)
{
	struct timespec t = { .tv_sec = 0 };

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static EVP_PKEY *
import(const char *jwk)
{
	json_t *o = json_loads(jwk, 0, NULL);
	struct jwk k = { .pkey = NULL };

	if (o == NULL || jwk_parse(&k, o, NULL) != E_OK || k.pkey == NULL)
		errx(1, "the key cannot be imported");
	json_decref(o);
	return k.pkey;
}

/* R || S of P-256, as the DER that OpenSSL takes. */
static void
to_der(struct subject *s)
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	unsigned char *der = s->sig;
	BIGNUM *r = BN_bin2bn(s->sig, 32, NULL), *v = BN_bin2bn(s->sig + 32, 32, NULL);
	int n;

	if (sig == NULL || ECDSA_SIG_set0(sig, r, v) != 1 || (n = i2d_ECDSA_SIG(sig, &der)) <= 0)
		errx(1, "out of memory");
	s->len = (size_t)n;
	ECDSA_SIG_free(sig);
}

static void
prepare(struct subject *s, const struct method *m)
{
	char header[64], *jwk;
	EVP_PKEY *k = m->crv == NULL ? mint_rsa(2048)
	    : m->digest == NULL      ? mint_ed25519()
	                             : mint_ec("P-256");

	*s = (struct subject){ .m = m };
	(void)snprintf(
	    header, sizeof(header), "{\"alg\":\"%s\",\"kid\":\"k\",\"typ\":\"JWT\"}", m->name);
	s->input = mint_input(header, payload);
	s->len = mint_signature(s->sig, k, m->digest, m->pss, s->input, strlen(s->input));
	s->token = mint_join(s->input, s->sig, s->len);
	if (m->crv != NULL && m->digest != NULL)
		to_der(s);
	jwk = mint_jwk(k, m->crv, "\"kid\":\"k\",\"use\":\"sig\"");
	s->set = mint_jwks(jwk, NULL);
	s->key = import(jwk);
	free(jwk);
	EVP_PKEY_free(k);
}

static void
clear(struct subject *s)
{
	EVP_PKEY_free(s->key);
	free(s->set);
	free(s->input);
	free(s->token);
}

/* OpenSSL's call and no more: its context is made before the clock starts. */
static double
openssl_alone(const struct subject *s)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *p = NULL;
	double began, took;
	int rc;

	if (ctx == NULL ||
	    EVP_DigestVerifyInit_ex(ctx, &p, s->m->digest, NULL, NULL, s->key, NULL) != 1 ||
	    (s->m->pss &&
	        (EVP_PKEY_CTX_set_rsa_padding(p, RSA_PKCS1_PSS_PADDING) != 1 ||
	            EVP_PKEY_CTX_set_rsa_pss_saltlen(p, RSA_PSS_SALTLEN_DIGEST) != 1)))
		errx(1, "%s: no context", s->m->name);
	began = now_us();
	rc = EVP_DigestVerify(
	    ctx, s->sig, s->len, (const unsigned char *)s->input, strlen(s->input));
	took = now_us() - began;
	EVP_MD_CTX_free(ctx);
	if (rc != 1)
		errx(1, "%s: OpenSSL does not verify it", s->m->name);
	return took;
}

static double
verification(const struct subject *s, const struct jwks *keys)
{
	char name[8];
	char *names[] = { name };
	const struct strlist algorithms = { .v = names, .n = 1 };
	const struct idtoken_expect x = { .issuer = "https://idp.example",
		.client_id = "linux-login",
		.algorithms = &algorithms,
		.nonce = "n-0123456789",
		.nonce_required = true,
		.access_token = ACCESS_TOKEN,
		.started = NOW - 40,
		.now = NOW,
		.skew = 60 };
	struct err e = { .code = E_OK };
	struct idtoken *t = NULL;
	double began, took;

	(void)snprintf(name, sizeof(name), "%s", s->m->name);
	began = now_us();
	if (idtoken_verify(&t, s->token, keys, &x, &e) != E_OK)
		errx(1, "%s: %s: %s", s->m->name, e.reason, e.text);
	idtoken_free(t);
	took = now_us() - began;
	return took;
}

/* A JWKS of that one key, from its text to what verifies. */
static double
key_import(const struct subject *s, struct jwks **keys)
{
	double began = now_us();

	if (jwks_parse(keys, s->set, strlen(s->set), NULL) != E_OK)
		errx(1, "%s: no key set", s->m->name);
	return now_us() - began;
}

static int
by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_size);
	return v[n / 2];
}

/* One line of the table; what verification costs beside OpenSSL. */
static double
measure(const struct method *m, size_t rounds)
{
	double *alone = calloc(3 * rounds, sizeof(*alone)), a, v, k;
	struct jwks *keys = NULL, *again = NULL;
	struct subject s;

	if (alone == NULL)
		errx(1, "out of memory");
	prepare(&s, m);
	(void)key_import(&s, &keys);
	for (size_t i = 0; i < rounds; i++) { /* in turn, so that both meet the same machine */
		alone[i] = openssl_alone(&s);
		alone[rounds + i] = verification(&s, keys);
		alone[2 * rounds + i] = key_import(&s, &again);
		jwks_free(again);
	}
	a = median(alone, rounds);
	v = median(alone + rounds, rounds);
	k = median(alone + 2 * rounds, rounds);
	printf("%-6s %8.1f %17.1f %15.1f %6.1f\n", m->name, k, a, v, v - a);
	jwks_free(keys);
	clear(&s);
	free(alone);
	return v - a;
}

int
main(int argc, char **argv)
{
	uint64_t rounds = ROUNDS, limit = FIGURES_SANITIZED ? 0 : LIMIT;
	double most = 0, more;

	if (argc > 3 || (argc > 1 && !num_parse(argv[1], 1, ROUNDS_MAX, &rounds)) ||
	    (argc > 2 && !num_parse(argv[2], 1, 1000000, &limit)))
		errx(2,
		    "usage: verify [ROUNDS [US]]   us that verification may cost beside OpenSSL");
	printf("medians of %zu rounds, us\n", (size_t)rounds);
	printf("%-6s %8s %17s %15s %6s\n", "alg", "key set", "EVP_DigestVerify", "idtoken_verify",
	    "more");
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if ((more = measure(&methods[i], (size_t)rounds)) > most)
			most = more;
	if (limit > 0 && most > (double)limit)
		errx(1, "%.1f us more, at most %zu", most, (size_t)limit);
	return 0;
}
